/** What stands in a line of text: a doubly linked list, because emphasis is found after what it encloses. */
import type { Tag } from "./tags.ts";

export type InlineContent =
  | { readonly type: "text"; readonly text: string }
  /** A formula has no Markdown in it; it is shown as it is written until it is closed. */
  | { readonly type: "formula"; readonly text: string; readonly isClosed: boolean }
  | { readonly type: "code"; readonly text: string }
  | { readonly type: "break" }
  | { readonly type: "emphasis" | "strong" | "strike" }
  /** `isFound` is set for an address that stands in the text without brackets. */
  | { readonly type: "link"; readonly address: string; readonly title: string; readonly isFound: boolean }
  | { readonly type: "image"; readonly address: string; readonly title: string }
  | { readonly type: "tag"; readonly tag: Tag; readonly raw: string };

export class Inline {
  previous: Inline | null = null;
  next: Inline | null = null;
  first: Inline | null = null;
  last: Inline | null = null;

  constructor(public content: InlineContent) {}

  append(child: Inline): Inline {
    child.previous = this.last;
    if (this.last === null) this.first = child;
    else this.last.next = child;
    this.last = child;
    return child;
  }

  /** Move all after `start` and before `end` into a new node behind `start`; without `end` all that follow. */
  wrap(start: Inline, end: Inline | null, content: InlineContent): Inline {
    const node = new Inline(content);
    const first = start.next;
    const last = end === null ? this.last : end.previous;
    if (first !== null && last !== null && first !== end) {
      node.first = first;
      node.last = last;
      first.previous = null;
      last.next = null;
    }
    start.next = node;
    node.previous = start;
    node.next = end;
    if (end === null) this.last = node;
    else end.previous = node;
    return node;
  }

  remove(child: Inline): void {
    if (child.previous === null) this.first = child.next;
    else child.previous.next = child.next;
    if (child.next === null) this.last = child.previous;
    else child.next.previous = child.previous;
  }

  /** The text of all that is in the node, for an image's description. */
  get plain(): string {
    const { content } = this;
    if ("text" in content) return content.text;
    if (content.type === "break") return "\n";
    let text = "";
    for (let child = this.first; child !== null; child = child.next) text += child.plain;
    return text;
  }
}
