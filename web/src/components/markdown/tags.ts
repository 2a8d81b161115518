/** HTML tags in Markdown: how they are written, and which of them become elements. */

export interface Tag {
  /** In lower case. */
  readonly name: string;
  readonly kind: "start" | "end" | "void";
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** Where the text goes on. */
  readonly end: number;
}

/** A longer tag is text, so that reading one costs little wherever it ends. */
const LONGEST = 4_000;

const NAME = /<(\/?)([a-zA-Z][a-zA-Z0-9-]*)/y;
const ATTRIBUTE = /\s+([a-zA-Z_:][\w.:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/y;
const CLOSING = /\s*(\/?)>/y;

const VOID = new Set(["br", "col", "hr", "img", "source", "track", "wbr"]);

/** What authors write in Markdown. Other names in angle brackets are text: `<your-key>`, `List<int>`, `<script>`. */
// prettier-ignore
const KNOWN: ReadonlySet<string> = new Set([
  "a", "abbr", "audio", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "cite", "code",
  "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption",
  "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol",
  "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span", "strike",
  "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "track",
  "tt", "u", "ul", "var", "video", "wbr",
]);

/** The tag that begins at this `<`; null where none does. */
export function readTag(text: string, at: number): Tag | null {
  const found = matchAt(NAME, text, at);
  if (found === null) return null;
  const [opened = "", slash, written = ""] = found;
  const attributes: [string, string][] = [];
  let end = at + opened.length;
  for (;;) {
    const attribute = slash === "" ? matchAt(ATTRIBUTE, text, end) : null;
    if (attribute === null || end - at > LONGEST) break;
    const [whole = "", name = "", double, single, bare] = attribute;
    attributes.push([name.toLowerCase(), double ?? single ?? bare ?? ""]);
    end += whole.length;
  }
  const closing = matchAt(CLOSING, text, end);
  if (closing === null) return null;
  const name = written.toLowerCase();
  const kind = slash === "/" ? "end" : VOID.has(name) ? "void" : "start";
  return { name, kind, attributes, end: end + closing[0].length };
}

/** Whether such a tag becomes an element; otherwise it is shown as it is written. */
export function isElement({ name, kind }: Tag): boolean {
  return KNOWN.has(name) && !(kind === "end" && VOID.has(name));
}

/** The end of a comment that begins here; -1 where none begins or none ends. */
export function commentEnd(text: string, at: number): number {
  if (!text.startsWith("<!--", at)) return -1;
  if (text.startsWith(">", at + 4)) return at + 5;
  if (text.startsWith("->", at + 4)) return at + 6;
  const end = text.indexOf("-->", at + 4);
  return end < 0 ? -1 : end + 3;
}

export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
