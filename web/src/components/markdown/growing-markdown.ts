/**
 * Shows a growing Markdown text. Each line is read once and each finished block is drawn once, a part at a time: the
 * page's frames are shared by all that draw (`frame-work.ts`).
 *
 * What the last line would be, if the text ended here, is drawn from copies of the open blocks and taken away when
 * there is more, so that a text ends the same however it was cut on the way.
 */
import { BEGINNING, BlockParser } from "./block-parser.ts";
import { BlockView } from "./block-view.ts";
import { Definitions } from "./definitions.ts";
import type { Drawn, TextView } from "./text-view.ts";
import { isMereMarkers, mayCloseFence } from "./unfinished.ts";

/** About what a box shows, so that a text that takes the place of another is never preceded by an empty box. */
const IN_VIEW_CHARACTERS = 2_000;

interface Part {
  step(): Drawn;
}

export class GrowingMarkdown {
  private text = "";
  private isComplete = false;
  /** How much of the text was read. */
  private position = 0;
  /** Set while the line at `position` was read in part. */
  private isInLine = false;
  private isShown = true;
  private isEnded = false;
  private takeBack: (() => void) | null = null;
  private parser: BlockParser;
  private view: BlockView;
  private definitions = new Definitions<TextView>();
  private readonly parts = new Set<Part>();
  /** Drawn again once all lines are read, because more of them may define what the texts use. */
  private readonly defined = new Set<Part>();

  constructor(
    private readonly host: HTMLElement,
    private readonly finished: (code: HTMLElement) => void,
  ) {
    this.view = this.newView();
    this.parser = new BlockParser(this.view);
  }

  /**
   * Set the text; it is complete if nothing is expected to follow. Drawn by `step`, but for the beginning of one that
   * does not continue the text before it.
   */
  show(raw: string, isComplete: boolean): void {
    const text = raw.replace(/\r\n?/g, "\n");
    if (text === this.text && isComplete === this.isComplete) return;
    const isContinued = text.startsWith(this.text.slice(0, this.position));
    const isReplaced = !isContinued || this.isEnded;
    if (isReplaced) this.reset();
    this.text = text;
    this.isComplete = isComplete;
    this.isShown = false;
    if (isReplaced) this.begin();
  }

  private begin(): void {
    let left = IN_VIEW_CHARACTERS;
    while (left > 0) {
      const drawn = this.step();
      if (drawn === 0) return;
      left -= drawn;
    }
  }

  /** Read and draw a small part; returns how many characters that took, 0 when all is shown. */
  step(): number {
    if (this.isShown && this.parts.size === 0) return 0;
    try {
      return this.takeStep();
    } catch (error) {
      console.error(error);
      this.showAsWritten();
      return 1;
    }
  }

  private takeStep(): number {
    const [part] = this.parts;
    if (part !== undefined) {
      const { read, isDone } = part.step();
      if (isDone) this.parts.delete(part);
      return Math.max(1, read);
    }
    this.takeBack?.();
    this.takeBack = null;
    const end = this.text.indexOf("\n", this.position);
    if (end >= 0) return this.readLine(end);
    return this.readRest();
  }

  private readLine(end: number): number {
    const read = this.read(end);
    this.isInLine = false;
    this.position = end + 1;
    return read + 1;
  }

  /** Read up to here, the rest of a line or a part of it. */
  private read(end: number): number {
    const text = this.text.slice(this.position, end);
    if (this.isInLine) this.parser.extend(text);
    else this.parser.read(text);
    this.position = end;
    return text.length;
  }

  /** The last line has no end: it is read only where it cannot become something else. */
  private readRest(): number {
    const { length } = this.text;
    const left = length - this.position;
    const isRead = left > 0 && (this.isComplete || this.isInLine || left > BEGINNING);
    const read = isRead ? this.read(length) : 0;
    this.isInLine ||= isRead;
    if (this.isComplete) this.end();
    if (this.defined.size > 0) this.drawDefined();
    else {
      this.isShown = true;
      if (!this.isEnded) this.takeBack = this.view.preview(this.parser, this.previewed());
    }
    return Math.max(1, read);
  }

  private end(): void {
    if (!this.isEnded) this.parser.end();
    this.isEnded = true;
  }

  private drawDefined(): void {
    for (const text of this.defined) this.parts.add(text);
    this.defined.clear();
  }

  /** The line that is not whole; null if there is none to show yet. */
  private previewed(): string | null {
    const line = this.text.slice(this.position);
    if (this.isInLine || line.trim() === "") return null;
    const { tip } = this.parser;
    const isHeld = tip.isVerbatim ? mayCloseFence(line) : isMereMarkers(line, this.parser.isInList);
    return isHeld ? null : line;
  }

  private newView(): BlockView {
    return new BlockView(this.host, {
      definitions: this.definitions,
      changed: (part) => this.parts.add(part),
      defined: (text) => {
        text.restart();
        this.defined.add(text);
      },
      finished: this.finished,
    });
  }

  private reset(): void {
    this.host.replaceChildren();
    this.parts.clear();
    this.defined.clear();
    this.definitions = new Definitions();
    this.view = this.newView();
    this.parser = new BlockParser(this.view);
    this.takeBack = null;
    this.position = 0;
    this.isInLine = false;
    this.isEnded = false;
  }

  /** Where reading has failed, the rest of the text is shown as it is written. */
  private showAsWritten(): void {
    const rest = document.createElement("div");
    rest.className = "formula";
    rest.dir = "auto";
    rest.textContent = this.text.slice(this.position);
    this.host.append(rest);
    this.parts.clear();
    this.position = this.text.length;
    this.isShown = true;
    this.isEnded = true;
  }
}
