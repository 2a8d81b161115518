/** Draws what the inline parser has read. */
import { formulaElement } from "./formula-element.ts";
import { readFormula } from "./formulas.ts";
import type { Inline } from "./inline.ts";
import { safeElement, safeLink, safePicture } from "./safe-elements.ts";

const NAMES = { emphasis: "em", strong: "strong", strike: "del" } as const;

export function drawInlines(root: Inline, isUnfinished: boolean): DocumentFragment {
  const fragment = document.createDocumentFragment();
  new InlineDrawing(isUnfinished).drawChildren(root, fragment, false, 0);
  fragment.normalize();
  return fragment;
}

/** Deeper emphasis is shown without its element: browsers lay out nested elements by recursion. */
const DEEPEST = 40;

class InlineDrawing {
  constructor(private readonly isUnfinished: boolean) {}

  drawChildren(parent: Inline, host: Node, isInLink: boolean, depth: number): void {
    const tags = pairTags(parent, this.isUnfinished);
    const open: HTMLElement[] = [];
    for (let child = parent.first; child !== null; child = child.next) {
      const place = open.at(-1) ?? host;
      const { content } = child;
      if (content.type !== "tag") this.draw(child, place, isInLink, depth + open.length);
      else if (!tags.has(child) || depth + open.length > DEEPEST) place.appendChild(textNode(content.raw));
      else if (content.tag.kind === "end") open.length = open.findLastIndex(hasName(content.tag.name));
      else {
        const element = place.appendChild(safeElement(content.tag));
        if (content.tag.kind === "start") open.push(element);
      }
    }
  }

  private draw(node: Inline, host: Node, isInLink: boolean, depth: number): void {
    const { content } = node;
    switch (content.type) {
      case "text":
        host.appendChild(textNode(content.text));
        break;
      case "formula": {
        const isDrawn = content.isClosed && readFormula(content.text) !== null;
        host.appendChild(isDrawn ? formulaElement(content.text) : textNode(content.text));
        break;
      }
      case "code":
        host.appendChild(codeElement(content.text));
        break;
      case "break":
        host.appendChild(document.createElement("br"));
        break;
      case "emphasis":
      case "strong":
      case "strike": {
        const place = depth > DEEPEST ? host : host.appendChild(document.createElement(NAMES[content.type]));
        this.drawChildren(node, place, isInLink, depth + 1);
        break;
      }
      case "link": {
        // An address within a link's text is a part of that link.
        const isPlain = content.isFound && isInLink;
        const place = isPlain ? host : host.appendChild(safeLink(content.address, content.title));
        this.drawChildren(node, place, true, depth + 1);
        break;
      }
      case "image":
        host.appendChild(safePicture(content.address, content.title, node.plain));
        break;
      case "tag":
        break;
    }
  }
}

function textNode(text: string): Text {
  return document.createTextNode(text);
}

function codeElement(text: string): HTMLElement {
  const code = document.createElement("code");
  code.dir = "ltr";
  code.textContent = text;
  return code;
}

/** The tags that become elements: those that have their end in the same place. Others are text. */
function pairTags(parent: Inline, isUnfinished: boolean): ReadonlySet<Inline> {
  const paired = new Set<Inline>();
  const open: { readonly node: Inline; readonly localName: string }[] = [];
  for (let child = parent.first; child !== null; child = child.next) {
    const { content } = child;
    if (content.type !== "tag") continue;
    const { name, kind } = content.tag;
    if (kind === "void") paired.add(child);
    if (kind === "start") open.push({ node: child, localName: name });
    if (kind !== "end") continue;
    const at = open.findLastIndex(hasName(name));
    const start = open[at];
    if (start === undefined) continue;
    paired.add(child).add(start.node);
    open.length = at;
  }
  // A text that goes on may have their ends yet.
  if (isUnfinished) for (const { node } of open) paired.add(node);
  return paired;
}

function hasName(name: string): (each: { readonly localName: string }) => boolean {
  return ({ localName }) => localName === name;
}
