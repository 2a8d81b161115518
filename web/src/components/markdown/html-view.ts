/**
 * Draws blocks of HTML tag by tag into the place that their container has.
 *
 * An element that one block opens stays open for the blocks after it, until its end or that of the container: the text
 * between `<details>` and `</details>` is Markdown and stands within the element.
 */
import { decodeEntities } from "./destinations.ts";
import { safeElement } from "./safe-elements.ts";
import { commentEnd, isElement, readTag, type Tag } from "./tags.ts";

/** Where the blocks of a container are drawn: in its element, or in one that HTML has opened there. */
export interface Place {
  readonly element: HTMLElement;
  readonly open: HTMLElement[];
}

export function innermost({ element, open }: Place): HTMLElement {
  return open.at(-1) ?? element;
}

/** An element that ends when one of these begins in it. */
const ENDED_BY: Readonly<Record<string, RegExp>> = {
  p: /^(?:blockquote|center|details|div|dl|h[1-6]|hr|ol|p|pre|table|ul)$/,
  li: /^li$/,
  dt: /^d[dt]$/,
  dd: /^d[dt]$/,
  td: /^t[dhr]$|^tbody$|^tfoot$/,
  th: /^t[dhr]$|^tbody$|^tfoot$/,
  tr: /^tr$|^tbody$|^tfoot$/,
  thead: /^tbody$|^tfoot$/,
  tbody: /^tbody$|^tfoot$/,
};

/** Deeper elements are text: browsers lay out nested elements by recursion. */
const DEEPEST = 60;
/** What may be a tag is waited for as long as this. */
const LONGEST_TAG = 4_000;

export class HtmlView {
  private pending = "";
  /** The text that more is added to. */
  private text: Text | null = null;

  constructor(
    private readonly place: Place,
    private readonly added: (node: Node) => void,
  ) {}

  /** A view that reads on from here, into another place. */
  copiedInto(place: Place, added: (node: Node) => void): HtmlView {
    const copy = new HtmlView(place, added);
    copy.pending = this.pending;
    return copy;
  }

  read(text: string): void {
    this.pending += text;
    this.draw(false);
  }

  /** What is left is text, also if it looks like the beginning of a tag. */
  end(): void {
    this.draw(true);
  }

  private draw(isLast: boolean): void {
    const text = this.pending;
    let at = 0;
    while (at < text.length) {
      const start = text.indexOf("<", at);
      this.addText(text.slice(at, start < 0 ? text.length : start));
      at = start < 0 ? text.length : start;
      if (start < 0) break;
      const end = this.drawTag(text, start, isLast);
      if (end === null) break;
      at = end;
    }
    this.pending = text.slice(at);
  }

  /** Where the text goes on; null if the tag that begins here may not be whole yet. */
  private drawTag(text: string, at: number, isLast: boolean): number | null {
    const comment = commentEnd(text, at);
    if (comment >= 0) return comment;
    const tag = readTag(text, at);
    if (tag === null) {
      const isComment = text.startsWith("<!--", at) || "<!--".startsWith(text.slice(at));
      const isWaiting = isComment || (text.length - at < LONGEST_TAG && !text.includes(">", at));
      if (isWaiting && !isLast) return null;
      this.addText("<");
      return at + 1;
    }
    this.drawElement(tag, text.slice(at, tag.end));
    return tag.end;
  }

  private drawElement(tag: Tag, raw: string): void {
    const { open } = this.place;
    if (tag.kind === "end") {
      const at = open.findLastIndex(({ localName }) => localName === tag.name);
      if (at < 0) this.addText(raw);
      else open.length = at;
    } else if (!isElement(tag) || open.length >= DEEPEST) this.addText(raw);
    else {
      while (ENDED_BY[open.at(-1)?.localName ?? ""]?.test(tag.name) === true) open.pop();
      const element = safeElement(tag);
      if (open.length === 0 && !element.hasAttribute("dir")) element.dir = "auto";
      this.add(element);
      if (tag.kind === "start") open.push(element);
    }
  }

  private addText(text: string): void {
    if (text === "") return;
    const { lastChild } = innermost(this.place);
    const shown = decodeEntities(text);
    if (lastChild instanceof Text && lastChild === this.text) lastChild.appendData(shown);
    else if (shown.trim() !== "" || lastChild !== null)
      this.add((this.text = document.createTextNode(shown)));
  }

  private add(node: Node): void {
    innermost(this.place).append(node);
    this.added(node);
  }
}
