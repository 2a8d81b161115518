/** Addresses and titles of links, as in CommonMark 0.31, 6.3. */
import { matchAt } from "./tags.ts";

export interface Found {
  readonly text: string;
  readonly end: number;
}

const ANGLED = /<([^<>\n\\]*(?:\\.[^<>\n\\]*)*)>/y;
const TITLES: Readonly<Record<string, RegExp>> = {
  '"': /"([^"\\]*(?:\\[^][^"\\]*)*)"/y,
  "'": /'([^'\\]*(?:\\[^][^'\\]*)*)'/y,
  "(": /\(([^()\\]*(?:\\[^][^()\\]*)*)\)/y,
};
const DEEPEST = 32;

export function readDestination(text: string, at: number): Found | null {
  if (text[at] === "<") {
    const found = matchAt(ANGLED, text, at);
    return found === null ? null : { text: found[1] ?? "", end: at + found[0].length };
  }
  let depth = 0;
  let end = at;
  for (; end < text.length; end += 1) {
    const sign = text.charAt(end);
    if (sign === "\\" && isPunctuation(text.charAt(end + 1))) end += 1;
    else if (sign === "(") depth += 1;
    else if (sign === ")" && (depth -= 1) < 0) break;
    else if (sign <= " " || sign === "\x7F") break;
    if (depth > DEEPEST) return null;
  }
  return depth > 0 ? null : { text: text.slice(at, end), end };
}

export function readTitle(text: string, at: number): Found | null {
  const pattern = TITLES[text[at] ?? ""];
  const found = pattern === undefined ? null : matchAt(pattern, text, at);
  return found === null ? null : { text: found[1] ?? "", end: at + found[0].length };
}

/** Spaces, and one line break at most: more would be the end of a paragraph. */
export function skipSpace(text: string, at: number): number {
  let end = at;
  while (text[end] === " " || text[end] === "\t" || text[end] === "\n") end += 1;
  return end;
}

export function isPunctuation(sign: string): boolean {
  return sign !== "" && "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".includes(sign);
}

const ESCAPE = /\\([!-/:-@[-`{-~])|&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});/g;

/** Resolve backslashes and entities. */
export function unescape(text: string): string {
  return text.replace(ESCAPE, (found, sign: string | undefined) => sign ?? decodeEntity(found));
}

/** Resolve entities: in HTML a backslash is one. */
export function decodeEntities(text: string): string {
  return text.replace(ESCAPE, (found, sign: string | undefined) =>
    sign === undefined ? decodeEntity(found) : found,
  );
}

const decoded = new Map<string, string>();

/** The browser knows the names; a text area decodes them and nothing else. */
export function decodeEntity(entity: string): string {
  const known = decoded.get(entity);
  if (known !== undefined) return known;
  const area = document.createElement("textarea");
  area.innerHTML = /^&#(?:[xX]0*|0*);$/.test(entity) ? "\uFFFD" : entity;
  const { value } = area;
  // A longer name that only begins with one of HTML's: nothing is decoded in part.
  const result = value.length > 1 && value.endsWith(";") ? entity : value;
  if (decoded.size < LARGEST) decoded.set(entity, result);
  return result;
}

const LARGEST = 2_000;
