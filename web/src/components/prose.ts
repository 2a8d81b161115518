/**
 * Markdown on the page: descriptions, answers, messages.
 *
 * Text without Markdown syntax is shown as it is. The Markdown parser is loaded when the first special character
 * appears; until then the plain text can be read.
 */
import { ReactiveElement } from "lit";
import { frameWork } from "./frame-work.ts";
import type { GrowingMarkdown } from "./markdown/growing-markdown.ts";

/**
 * How much of a text with Markdown is shown before its parser is there: more than a box shows. A browser would lay out
 * all of a long one as one paragraph, for a moment.
 */
const BEFORE_CHARACTERS = 4_000;

const SIGNS = /[*_`#<>[\]|~\\&@$]|^\s*(?:[-+]|\d+[.)])\s|https?:|www\.|\n|\r/m;

/** Load the parser and use it once, so that the first words of an answer do not wait for it. */
export async function warmMarkdown(): Promise<void> {
  const engine = await import("./markdown/engine.ts");
  engine.drawMarkdown("*warm*", () => undefined);
}

class Prose extends ReactiveElement {
  static override properties = { text: {}, streaming: { type: Boolean } };
  declare text: string;
  declare streaming: boolean;
  private growing: GrowingMarkdown | null = null;
  private isLoading = false;
  /** It could not be loaded, as the page says by itself: all of the text is shown as it is. */
  private hasNoParser = false;

  constructor() {
    super();
    this.text = "";
    this.streaming = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.growing !== null) frameWork.remove(this.growing);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.growing !== null) frameWork.add(this.growing);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(): void {
    if (this.growing !== null) {
      this.draw(this.growing);
      return;
    }
    const isMarkdown = !this.hasNoParser && SIGNS.test(this.text);
    this.drawPlain(isMarkdown ? this.text.slice(0, BEFORE_CHARACTERS) : this.text);
    if (isMarkdown) void this.load();
  }

  private draw(growing: GrowingMarkdown): void {
    growing.show(this.text, !this.streaming);
    frameWork.add(growing);
  }

  private drawPlain(text: string): void {
    const paragraph = this.querySelector("p") ?? document.createElement("p");
    paragraph.dir = "auto";
    if (paragraph.textContent !== text) paragraph.textContent = text;
    if (!paragraph.isConnected) this.replaceChildren(paragraph);
  }

  private async load(): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
    const engine = await import("./markdown/engine.ts").catch(() => null);
    if (engine === null) {
      this.hasNoParser = true;
      this.requestUpdate();
      return;
    }
    const { GrowingMarkdown } = engine;
    this.replaceChildren();
    this.growing = new GrowingMarkdown(this, colour);
    this.draw(this.growing);
  }
}

/** Highlight a block of code that is complete. */
export function colour(code: HTMLElement): void {
  const language = code.dataset.language ?? "";
  if (language !== "")
    void import("./highlight/engine.ts").then((engine) => engine.highlight(code, language));
}

customElements.define("gs-prose", Prose);
