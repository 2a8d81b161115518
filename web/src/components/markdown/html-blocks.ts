/** The starts and ends of blocks of HTML, as in CommonMark 0.31, 4.6. */
import type { OpeningOf } from "./block.ts";
import { readTag } from "./tags.ts";

/** Elements that begin a block of HTML wherever their tag begins a line. */
// prettier-ignore
const BLOCK_ELEMENTS: ReadonlySet<string> = new Set([
  "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center",
  "col", "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption",
  "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head",
  "header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu", "menuitem", "nav",
  "noframes", "ol", "optgroup", "option", "p", "param", "search", "section", "summary", "table",
  "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
]);

export function startsHtmlBlock(text: string, isInParagraph: boolean): OpeningOf<"html"> | null {
  if (text.startsWith("<!--")) return { type: "html", end: /-->/ };
  const [, verbatim] = /^<(pre|script|style|textarea)(?=[\s>]|$)/i.exec(text) ?? [];
  if (verbatim !== undefined) return { type: "html", end: /<\/(?:pre|script|style|textarea)>/i };
  const [, name] = /^<\/?([a-zA-Z][a-zA-Z0-9]*)(?=[\s>]|\/>|$)/.exec(text) ?? [];
  if (name !== undefined && BLOCK_ELEMENTS.has(name.toLowerCase())) return { type: "html", end: null };
  if (isInParagraph) return null;
  const tag = readTag(text, 0);
  return tag !== null && text.slice(tag.end).trim() === "" ? { type: "html", end: null } : null;
}
