/** One line of Markdown and how far its block structure was read, with tabs as steps to the next multiple of four. */
const TAB = 4;

export class Line {
  private offset = 0;
  private column = 0;
  /** Set while only a part of the tab at `offset` has been taken as indentation. */
  private isInTab = false;
  /** The first character that is neither a space nor a tab. */
  start = 0;
  /** How many columns there are before it. */
  indent = 0;
  isBlank = false;

  constructor(readonly text: string) {
    this.measure();
  }

  /** The text from the first character that is neither a space nor a tab. */
  get content(): string {
    return this.text.slice(this.start);
  }

  /** What is left of the line; the rest of a tab that was taken in part is spaces. */
  get rest(): string {
    const { text, offset } = this;
    return this.isInTab ? " ".repeat(TAB - (this.column % TAB)) + text.slice(offset + 1) : text.slice(offset);
  }

  at(ahead: number): string {
    return this.text[this.start + ahead] ?? "";
  }

  /** Take the indentation and `length` characters after it. */
  take(length: number): void {
    this.takeColumns(this.indent);
    this.offset += length;
    this.column += length;
    this.measure();
  }

  /** Take up to so many columns of spaces and tabs. */
  takeColumns(columns: number): void {
    let left = columns;
    while (left > 0) {
      const sign = this.text[this.offset];
      if (sign === "\t") {
        const width = TAB - (this.column % TAB);
        this.isInTab = width > left;
        this.column += Math.min(width, left);
        if (!this.isInTab) this.offset += 1;
        left -= width;
      } else if (sign === " ") {
        this.offset += 1;
        this.column += 1;
        left -= 1;
      } else break;
    }
    this.measure();
  }

  private measure(): void {
    let column = this.column;
    let at = this.offset;
    for (; at < this.text.length; at += 1) {
      const sign = this.text[at];
      if (sign === "\t") column += TAB - (column % TAB);
      else if (sign === " ") column += 1;
      else break;
    }
    this.start = at;
    this.indent = column - this.column;
    this.isBlank = at === this.text.length;
  }
}
