/**
 * Shows a growing text by appending to it, without touching what is already there.
 *
 * Long texts are split into blocks at line breaks, because appending a letter makes the browser lay out the
 * whole block again.
 */
const BLOCK_LENGTH = 4_096;

export class GrowingText {
  private shown = "";
  private node: Text | null = null;

  constructor(private readonly host: HTMLElement) {}

  show(text: string): void {
    if (text === this.shown) return;
    if (text.startsWith(this.shown)) this.append(text.slice(this.shown.length));
    else this.replace(text);
    this.shown = text;
  }

  private replace(text: string): void {
    this.host.replaceChildren();
    this.node = null;
    this.append(text);
  }

  private append(suffix: string): void {
    let rest = suffix;
    while (rest !== "") {
      const node = this.node ?? this.nextBlock();
      const cut = cutAt(node.length, rest);
      node.appendData(cut === null ? rest : rest.slice(0, cut));
      if (cut === null) return;
      // The end of the block replaces the line break.
      rest = rest.slice(cut + 1);
      this.node = null;
      if (rest === "") this.nextBlock();
    }
  }

  /** The first block is the host's own text, until it is followed by another one. */
  private nextBlock(): Text {
    const { firstChild } = this.host;
    if (firstChild instanceof Text) this.addBlock(firstChild);
    this.node = document.createTextNode("");
    if (firstChild === null) this.host.append(this.node);
    else this.addBlock(this.node);
    return this.node;
  }

  private addBlock(text: Text): void {
    const block = document.createElement("div");
    block.append(text);
    this.host.append(block);
  }
}

/** The position of the line break that ends a block of `length` letters so far; null if there is none yet. */
function cutAt(length: number, rest: string): number | null {
  const found = rest.indexOf("\n", Math.max(0, BLOCK_LENGTH - length));
  return found < 0 ? null : found;
}
