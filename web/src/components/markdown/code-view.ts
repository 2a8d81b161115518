/** Draws code, and other text that is shown as it is written, a part at a time. */
import { GrowingText } from "../growing-text.ts";
import type { Drawn } from "./text-view.ts";

const PART = 8_192;

export class CodeView {
  private readonly growing: GrowingText;
  private text = "";
  private drawn = 0;
  private isComplete = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly finished: (host: HTMLElement) => void,
  ) {
    this.growing = new GrowingText(host);
  }

  show(text: string, isComplete: boolean): void {
    this.text = text;
    this.drawn = Math.min(this.drawn, text.length);
    this.isComplete = isComplete;
  }

  step(): Drawn {
    const read = Math.min(PART, this.text.length - this.drawn);
    this.drawn += read;
    this.growing.show(this.text.slice(0, this.drawn));
    const isDone = this.drawn === this.text.length;
    if (isDone && this.isComplete) this.finished(this.host);
    return { read, isDone };
  }
}
