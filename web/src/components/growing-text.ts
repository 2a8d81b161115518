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

  private nextBlock(): Text {
    const block = document.createElement("div");
    this.node = document.createTextNode("");
    block.append(this.node);
    this.host.append(block);
    return this.node;
  }
}

/** The position of the line break that ends a block of `length` letters so far; null if there is none yet. */
function cutAt(length: number, rest: string): number | null {
  const found = rest.indexOf("\n", Math.max(0, BLOCK_LENGTH - length));
  return found < 0 ? null : found;
}
