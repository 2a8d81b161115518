/**
 * Reads Markdown line by line and tells a drawing which blocks begin, grow and end.
 *
 * The state between two lines is the path of open blocks, so that each line is read once whatever came before it, and
 * a text ends in the same blocks however it was cut on the way. The rules are those of CommonMark 0.31 (the algorithm
 * of its appendix) with the tables and task lists of GitHub's dialect.
 */
import { Block, isContinued, takeQuoteMarker, type BlockType, type Opening } from "./block.ts";
import {
  isClosingFence,
  isFormulaEnd,
  isRule,
  setextLevel,
  takeFence,
  takeFormula,
  takeHeading,
  takeHtml,
  takeItem,
} from "./block-starts.ts";
import { afterDefinitions } from "./definitions.ts";
import { Line } from "./line.ts";
import { readAligns, splitRow } from "./tables.ts";

export interface BlockDrawing {
  readonly opened: (block: Block) => void;
  /** A line was added to a block without blocks within it. */
  readonly grown: (block: Block, line: string) => void;
  /** More of the block's last line was read, perhaps after the block was closed. */
  readonly extended: (block: Block, more: string) => void;
  readonly closed: (block: Block) => void;
  /** Blank lines stand between a list's items, or within one. */
  readonly loosened: (list: Block) => void;
}

/** Deeper markers are text: browsers lay out nested elements by recursion. */
const DEEPEST = 60;

/** A longer line is the block that its first characters are, so that no more of it need be known to show it. */
export const BEGINNING = 4_096;

/** The whole line is read. */
const DONE = "done";

export class BlockParser {
  private path: Block[];
  /** The block that has the line that was read last. */
  leaf: Block | null = null;

  constructor(
    private readonly drawing: BlockDrawing,
    path?: readonly Block[],
  ) {
    this.path = [...(path ?? [new Block({ type: "document" }, null)])];
  }

  /** The innermost open block. */
  get tip(): Block {
    return this.at(this.path.length);
  }

  /** Whether a list is open: a number may be its next item's. */
  get isInList(): boolean {
    return this.path.some(({ opening }) => opening.type === "list");
  }

  /** A parser that reads on from here without a change to this one, with its copies of the open blocks. */
  fork(drawing: BlockDrawing, copied: (copy: Block, original: Block) => void): BlockParser {
    const path: Block[] = [];
    for (const block of this.path) {
      const copy = block.copiedInto(path.at(-1) ?? null);
      copied(copy, block);
      path.push(copy);
    }
    const fork = new BlockParser(drawing, path);
    fork.leaf = this.leaf === this.tip ? fork.tip : null;
    return fork;
  }

  /** Read a line without its end. Where it belongs is decided by its beginning. */
  read(text: string): void {
    this.readBeginning(text.slice(0, BEGINNING));
    if (text.length > BEGINNING) this.extend(text.slice(BEGINNING));
  }

  /** Add to the line that was read last. */
  extend(text: string): void {
    const shown = text.replaceAll("\0", "\uFFFD");
    const { leaf } = this;
    if (leaf === null || leaf.opening.type === "rule")
      this.openLines(this.path.length, { type: "paragraph" }, [shown]);
    else {
      leaf.text += shown;
      this.drawing.extended(leaf, shown);
    }
  }

  private readBeginning(text: string): void {
    const line = new Line(text.replaceAll("\0", "\uFFFD"));
    const matched = this.match(line);
    if (matched === null) return;
    let depth: number | null = matched;
    for (;;) {
      const next = this.openBlock(line, depth);
      if (next === DONE) return;
      if (next === null) break;
      depth = next;
    }
    this.addText(line, depth, depth > matched);
  }

  /** Close all that is open: the text is complete. */
  end(): void {
    this.closeTo(1);
  }

  /** How many open blocks go on with this line; null if it was the last line of one. */
  private match(line: Line): number | null {
    for (let depth = 1; depth < this.path.length; depth += 1) {
      const block = this.at(depth + 1);
      if (block.opening.type === "fence" && isClosingFence(block.opening, line)) {
        this.closeTo(depth);
        return null;
      }
      if (!isContinued(block, line)) return depth;
    }
    return this.path.length;
  }

  /** Open a block that begins here: the depth of the one that has the rest of the line, or null if none begins. */
  private openBlock(line: Line, depth: number): number | typeof DONE | null {
    const block = this.at(depth);
    const { type } = block.opening;
    if (line.isBlank || block.isVerbatim) return null;
    if (line.indent >= 4) {
      // An indented line goes on with a paragraph, also with one whose containers it does not name.
      if (this.tip.opening.type === "paragraph" || type === "table") return null;
      line.takeColumns(4);
      return this.open(depth, { type: "indented" });
    }
    if (type === "paragraph" && this.turn(block, line, depth)) return DONE;
    return this.openLeaf(line, depth, type) ?? this.openContainer(line, depth, type);
  }

  private openLeaf(line: Line, depth: number, within: BlockType): number | typeof DONE | null {
    const whole = takeHeading(line) ?? (isRule(line) ? { type: "rule" as const, text: "" } : null);
    if (whole !== null) {
      this.openLines(depth, whole, [whole.text]);
      this.closeTo(this.path.length - 1);
      return DONE;
    }
    const fence = takeFence(line);
    if (fence !== null) {
      this.open(depth, fence);
      this.mark(false);
      return DONE;
    }
    if (within === "table") return null;
    const verbatim = takeFormula(line) ?? takeHtml(line, this.tip.opening.type === "paragraph");
    return verbatim === null ? null : this.open(depth, verbatim);
  }

  private openContainer(line: Line, depth: number, within: BlockType): number | null {
    if (depth >= DEEPEST) return null;
    if (takeQuoteMarker(line)) return this.open(depth, { type: "quote" });
    const found = takeItem(line, within === "paragraph");
    if (found === null) return null;
    const { marker, start, item } = found;
    const { opening } = this.at(depth);
    const isNext = opening.type === "list" && opening.marker === marker;
    return this.open(isNext ? depth : this.open(depth, { type: "list", marker, start }), item);
  }

  /** Turn a paragraph into a heading, or its last line into the first row of a table, if this line says so. */
  private turn(paragraph: Block, line: Line, depth: number): boolean {
    const level = setextLevel(line);
    if (level !== null) {
      const text = afterDefinitions(paragraph.text);
      if (text === "") return false;
      this.split(paragraph, paragraph.text.length - text.length, depth);
      this.openLines(depth - 1, { type: "heading", level }, [text]);
      this.closeTo(this.path.length - 1);
      return true;
    }
    const aligns = readAligns(line.content);
    return aligns !== null && this.turnIntoTable(paragraph, aligns, depth);
  }

  private turnIntoTable(paragraph: Block, aligns: readonly string[], depth: number): boolean {
    const begin = paragraph.text.lastIndexOf("\n") + 1;
    const header = paragraph.text.slice(begin);
    if (splitRow(header).length !== aligns.length) return false;
    this.split(paragraph, begin, depth);
    this.open(depth - 1, { type: "table", aligns, header });
    this.mark(false);
    return true;
  }

  /** End a paragraph before what turned out to be another block. */
  private split(paragraph: Block, end: number, depth: number): void {
    paragraph.text = paragraph.text.slice(0, end).trimEnd();
    this.closeTo(depth - 1);
  }

  private addText(line: Line, depth: number, isOpened: boolean): void {
    const isLazy = !isOpened && !line.isBlank && this.tip.opening.type === "paragraph";
    if (!isLazy) this.closeTo(depth);
    const { tip } = this;
    const { type } = tip.opening;
    if (line.isBlank && tip.last !== null) tip.last.endsBlank = true;
    const isEmptyItem = type === "item" && tip.last === null && isOpened;
    if (!isLazy) this.mark(line.isBlank && type !== "quote" && type !== "fence" && !isEmptyItem);
    if (tip.isVerbatim) this.addVerbatim(tip, line.rest);
    else if (type === "paragraph" && isNextDefinition(tip.text, line.content))
      this.openLines(this.path.length - 1, { type: "paragraph" }, [line.content]);
    else if (!tip.isContainer) this.addLine(tip, line.content);
    else if (!line.isBlank) this.openLines(this.path.length, { type: "paragraph" }, [line.content]);
  }

  private addVerbatim(block: Block, text: string): void {
    const { opening } = block;
    const isFirst = block.lines === 0;
    this.addLine(block, text);
    const isEnded =
      opening.type === "html"
        ? opening.end?.test(text) === true
        : opening.type === "formula" && isFormulaEnd(opening, text.trimStart(), isFirst);
    if (isEnded) this.closeTo(this.path.length - 1);
  }

  private addLine(block: Block, text: string): void {
    block.add(text);
    this.leaf = block;
    this.drawing.grown(block, text);
  }

  private openLines(depth: number, opening: Opening, lines: readonly string[]): void {
    this.open(depth, opening);
    for (const line of lines) this.addLine(this.tip, line);
    this.mark(false);
  }

  /** Open a block within the one at this depth, or within the next one around it that can have it. */
  private open(depth: number, opening: Opening): number {
    this.closeTo(depth);
    while (!this.canHave(opening)) this.closeTo(this.path.length - 1);
    const parent = this.tip;
    if (parent.last?.endsWithBlank === true) this.loosen(parent);
    const block = new Block(opening, parent);
    parent.last = block;
    this.path.push(block);
    this.drawing.opened(block);
    return this.path.length;
  }

  private canHave({ type }: Opening): boolean {
    const { tip } = this;
    return tip.isContainer && (tip.opening.type !== "list" || type === "item");
  }

  private at(depth: number): Block {
    const block = this.path[depth - 1];
    if (block === undefined) throw new RangeError(String(depth));
    return block;
  }

  private loosen(parent: Block): void {
    if (parent.opening.type === "list") this.drawing.loosened(parent);
    else if (parent.opening.type === "item" && parent.parent !== null) this.drawing.loosened(parent.parent);
  }

  private closeTo(depth: number): void {
    while (this.path.length > depth) {
      const { tip } = this;
      this.path.pop();
      this.drawing.closed(tip);
    }
  }

  private mark(endsBlank: boolean): void {
    for (const block of this.path) block.endsBlank = endsBlank;
  }
}

/** Whether a paragraph of definitions can end before this line, so that it is not read again with each of many. */
function isNextDefinition(text: string, line: string): boolean {
  return line.startsWith("[") && text.startsWith("[") && afterDefinitions(text) === "";
}
