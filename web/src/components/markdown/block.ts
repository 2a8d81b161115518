/**
 * A block of Markdown that is being read. Blocks are not kept in a tree: what is closed is drawn and not read again,
 * so that a block only knows the one around it and the last one within it.
 */
import type { Line } from "./line.ts";

interface Shape {
  readonly document: object;
  readonly quote: object;
  readonly list: { readonly marker: string; readonly start: number | null };
  /** `width` is how far the item's text is indented. */
  readonly item: { readonly width: number; readonly isTask: boolean; readonly isDone: boolean };
  readonly paragraph: object;
  readonly heading: { readonly level: number };
  readonly fence: {
    readonly sign: string;
    readonly length: number;
    readonly indent: number;
    readonly language: string;
  };
  readonly indented: object;
  /** `end` closes the block; null where a blank line does. */
  readonly html: { readonly end: RegExp | null };
  readonly formula: { readonly end: string };
  readonly table: { readonly aligns: readonly string[]; readonly header: string };
  readonly rule: object;
}

export type BlockType = keyof Shape;
/** What is known of a block when it begins. */
export type Opening = { readonly [T in BlockType]: Shape[T] & { readonly type: T } }[BlockType];
export type OpeningOf<T extends BlockType> = Extract<Opening, { type: T }>;

export class Block {
  /** The lines of a block that has no blocks within it, as far as they are read. */
  text = "";
  lines = 0;
  last: Block | null = null;
  endsBlank = false;

  constructor(
    readonly opening: Opening,
    readonly parent: Block | null,
  ) {}

  get isContainer(): boolean {
    return CONTAINERS.has(this.opening.type);
  }

  /** Whether no line within the block begins another one. */
  get isVerbatim(): boolean {
    return VERBATIM.has(this.opening.type);
  }

  get endsWithBlank(): boolean {
    const { type } = this.opening;
    if (this.endsBlank) return true;
    return (type === "list" || type === "item") && this.last?.endsWithBlank === true;
  }

  add(text: string): void {
    this.text = this.lines === 0 ? text : `${this.text}\n${text}`;
    this.lines += 1;
  }

  /** A copy within another copied block, which can be read on without a change to this one. */
  copiedInto(parent: Block | null): Block {
    const { text, lines, last, endsBlank } = this;
    return Object.assign(new Block(this.opening, parent), { text, lines, last, endsBlank });
  }
}

const CONTAINERS: ReadonlySet<BlockType> = new Set(["document", "quote", "list", "item"]);
const VERBATIM: ReadonlySet<BlockType> = new Set(["fence", "indented", "html", "formula"]);

/** Whether a block goes on with this line; what belongs to the block's own markers is taken from the line. */
export function isContinued(block: Block, line: Line): boolean {
  const { opening } = block;
  switch (opening.type) {
    case "quote":
      return takeQuoteMarker(line);
    case "item":
      return takeItemIndent(block, opening.width, line);
    case "fence":
      line.takeColumns(Math.min(opening.indent, line.indent));
      return true;
    case "indented":
      if (line.indent < 4 && !line.isBlank) return false;
      line.takeColumns(4);
      return true;
    case "html":
      return opening.end !== null || !line.isBlank;
    case "paragraph":
    case "table":
    case "formula":
      return !line.isBlank;
    case "heading":
    case "rule":
      return false;
    case "document":
    case "list":
      return true;
  }
}

export function takeQuoteMarker(line: Line): boolean {
  if (line.indent > 3 || line.at(0) !== ">") return false;
  line.take(1);
  if (line.indent > 0) line.takeColumns(1);
  return true;
}

function takeItemIndent(item: Block, width: number, line: Line): boolean {
  if (line.isBlank) {
    line.takeColumns(line.indent);
    return item.last !== null;
  }
  if (line.indent < width) return false;
  line.takeColumns(width);
  return true;
}
