/**
 * Shows a growing Markdown text: only the last block is rendered again, finished ones are left alone.
 *
 * A call renders for a few milliseconds at most; a text that arrives at once takes several frames.
 */
export interface MarkdownEngine {
  readonly blocksOf: (text: string) => readonly string[];
  readonly toHtml: (text: string) => string;
}

const BUDGET_MS = 8;

export class GrowingMarkdown {
  private done = "";
  private drawn = "";
  private last: HTMLElement | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly engine: MarkdownEngine,
    private readonly finished: (block: HTMLElement) => void,
  ) {}

  /** Render what is new; false when there is more to render in the next frame. */
  show(raw: string): boolean {
    const text = raw.replaceAll("\r\n", "\n");
    if (!text.startsWith(this.done)) this.reset();
    const tail = text.slice(this.done.length);
    if (tail === this.drawn) return true;
    const until = performance.now() + BUDGET_MS;
    // An incomplete line may still change its kind: "2" may become "2. next item".
    const lines = tail.slice(0, tail.lastIndexOf("\n") + 1);
    for (const block of this.engine.blocksOf(lines).slice(0, -1)) {
      this.close(block);
      if (performance.now() > until) return false;
    }
    this.draw(text.slice(this.done.length));
    return true;
  }

  /** Finish the last block too: the text is complete. */
  finish(): void {
    if (this.last !== null) this.finished(this.last);
  }

  private close(block: string): void {
    this.draw(block);
    this.done += block;
    this.drawn = "";
    this.finish();
    this.last = null;
  }

  private draw(markdown: string): void {
    if (this.last === null) {
      this.last = document.createElement("div");
      this.host.append(this.last);
    }
    this.last.innerHTML = this.engine.toHtml(markdown);
    this.drawn = markdown;
  }

  private reset(): void {
    this.done = "";
    this.drawn = "";
    this.last = null;
    this.host.replaceChildren();
  }
}
