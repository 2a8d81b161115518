/**
 * Markdown on the page: descriptions, answers, messages.
 *
 * Text without any of Markdown's signs is shown as it is; the package that reads Markdown is loaded
 * when the first sign appears, and until then the text is there to be read already.
 */
import { ReactiveElement } from "lit";
import { GrowingMarkdown, type MarkdownEngine } from "./markdown/growing-markdown.ts";

const SIGNS = /[*_`#<>[\]|~\\&]|^\s*(?:[-+]|\d+[.)])\s|https?:|www\.|\n/m;

/** Load the package and use it once, so that the first words of an answer find everything warm. */
export async function warmMarkdown(): Promise<void> {
  const engine = await import("./markdown/engine.ts");
  engine.blocksOf("*warm*").map(engine.toHtml);
}

/** The next frame draws: stats the package and drawing a long text in one task would hold the page still. */
async function loadMarkdown(): Promise<MarkdownEngine> {
  const engine = await import("./markdown/engine.ts");
  await new Promise(requestAnimationFrame);
  return engine;
}

class Prose extends ReactiveElement {
  static override properties = { text: {}, streaming: { type: Boolean } };
  declare text: string;
  declare streaming: boolean;
  private growing: GrowingMarkdown | null = null;
  private isLoading = false;

  constructor() {
    super();
    this.text = "";
    this.streaming = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(): void {
    if (this.growing !== null) {
      this.draw(this.growing);
      return;
    }
    this.drawPlain();
    if (SIGNS.test(this.text)) void this.load();
  }

  private draw(growing: GrowingMarkdown): void {
    const isAllDrawn = growing.show(this.text);
    if (isAllDrawn && !this.streaming) growing.finish();
    if (!isAllDrawn) requestAnimationFrame(this.drawMore);
  }

  private readonly drawMore = (): void => {
    this.requestUpdate();
  };

  private drawPlain(): void {
    const paragraph = this.querySelector("p") ?? document.createElement("p");
    if (paragraph.textContent !== this.text) paragraph.textContent = this.text;
    if (!paragraph.isConnected) this.replaceChildren(paragraph);
  }

  private async load(): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
    const engine = await loadMarkdown();
    this.replaceChildren();
    this.growing = new GrowingMarkdown(this, engine, colour);
    this.draw(this.growing);
  }
}

/** Colour the programs in what was drawn. */
export function colour(block: HTMLElement): void {
  for (const code of block.querySelectorAll<HTMLElement>("code[data-language]:not([data-coloured])")) {
    const language = code.dataset.language ?? "";
    code.dataset.coloured = "";
    if (language !== "")
      void import("./highlight/engine.ts").then((engine) => engine.highlight(code, language));
  }
}

customElements.define("gs-prose", Prose);
