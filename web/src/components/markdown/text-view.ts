/** Draws the text of a paragraph, a heading or a cell piece by piece; what is drawn and did not change stays. */
import type { Definitions } from "./definitions.ts";
import { drawInlines } from "./draw-inlines.ts";
import { isShownBy } from "./formula-element.ts";
import { parseInlines } from "./inline-parser.ts";
import { pieceEnd } from "./pieces.ts";
import { withoutUnfinished } from "./unfinished.ts";

/** How much was read to draw a part of something, and whether all of it is drawn. */
export interface Drawn {
  readonly read: number;
  readonly isDone: boolean;
}

/** Whether the text is all there, more lines may follow, or its last line is not whole. */
export type Ending = "complete" | "open" | "unfinished";

export class TextView {
  private text = "";
  private ending: Ending = "complete";
  /** The pieces that are drawn and end here; the one behind them may be drawn too. */
  private drawn = 0;
  private place: HTMLElement;

  constructor(
    private readonly host: HTMLElement,
    private readonly definitions: Definitions<TextView>,
  ) {
    this.place = host;
  }

  show(text: string, ending: Ending): void {
    if (!text.startsWith(this.text.slice(0, this.drawn))) this.restart();
    this.text = text;
    this.ending = ending;
  }

  /** Draw all anew, because a definition was read. What is shown stays until then. */
  restart(): void {
    this.drawn = 0;
    this.place = this.host;
  }

  /** Draw one piece. */
  step(): Drawn {
    const end = pieceEnd(this.text, this.drawn);
    if (end === null) {
      this.draw(this.text.slice(this.drawn), this.ending);
      return { read: this.text.length - this.drawn, isDone: true };
    }
    const piece = this.text.slice(this.drawn, end);
    if (this.place === this.host) this.addPlace();
    this.draw(piece, "complete");
    this.addPlace();
    this.drawn = end;
    return { read: piece.length, isDone: false };
  }

  private addPlace(): void {
    if (this.place === this.host) this.host.replaceChildren();
    this.place = document.createElement("span");
    this.place.className = "piece";
    this.host.append(this.place);
  }

  private draw(piece: string, ending: Ending): void {
    const text = (ending === "unfinished" ? withoutUnfinished(piece) : piece).trimEnd();
    try {
      const isUnfinished = ending !== "complete";
      const root = parseInlines(text, { find: this.find, isUnfinished });
      replaceFrom(this.place, drawInlines(root, isUnfinished));
    } catch (error) {
      // A text that cannot be read is shown as it is written.
      console.error(error);
      this.place.textContent = text;
    }
  }

  private readonly find = (label: string): ReturnType<Definitions<TextView>["find"]> => {
    const found = this.definitions.find(label);
    if (found === null) this.definitions.await(label, this);
    return found;
  };
}

/** Replace the nodes from the first that differs on, so that what is selected or loaded before it stays. */
function replaceFrom(host: HTMLElement, content: DocumentFragment): void {
  let old = host.firstChild;
  while (old !== null && content.firstChild !== null && isShownBy(old, content.firstChild)) {
    content.firstChild.remove();
    old = old.nextSibling;
  }
  const next = content.firstChild;
  if (old instanceof Text && next instanceof Text && next.data.startsWith(old.data)) {
    old.appendData(next.data.slice(old.data.length));
    next.remove();
    old = old.nextSibling;
  }
  while (old !== null) {
    const after = old.nextSibling;
    old.remove();
    old = after;
  }
  host.append(content);
}
