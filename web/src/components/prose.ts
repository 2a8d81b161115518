/**
 * Markdown on the page: descriptions, answers, messages.
 *
 * Text without Markdown syntax is shown as it is. The Markdown parser is loaded when the first special character
 * appears; until then the plain text can be read.
 */
import { ReactiveElement } from "lit";
import { GrowingMarkdown, type MarkdownEngine } from "./markdown/growing-markdown.ts";

const SIGNS = /[*_`#<>[\]|~\\&]|^\s*(?:[-+]|\d+[.)])\s|https?:|www\.|\n/m;

/** Load the parser and use it once, so that the first words of an answer do not wait for it. */
export async function warmMarkdown(): Promise<void> {
  const engine = await import("./markdown/engine.ts");
  engine.blocksOf("*warm*").map(engine.toHtml);
}

/** Rendering starts in the next frame: loading the parser and rendering a long text in one task would block the page. */
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

/** Highlight the code in a rendered block. */
export function colour(block: HTMLElement): void {
  for (const code of block.querySelectorAll<HTMLElement>("code[data-language]:not([data-coloured])")) {
    const language = code.dataset.language ?? "";
    code.dataset.coloured = "";
    if (language !== "")
      void import("./highlight/engine.ts").then((engine) => engine.highlight(code, language));
  }
}

customElements.define("gs-prose", Prose);
