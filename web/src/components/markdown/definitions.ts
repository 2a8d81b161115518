/** Definitions of links, `[label]: address "title"`, which a text may use before and after they are read. */
import { readDestination, readTitle, skipSpace, unescape } from "./destinations.ts";

export interface Target {
  readonly address: string;
  readonly title: string;
}

interface Definition extends Target {
  readonly label: string;
  readonly end: number;
}

/** Labels are compared without regard to case and to how much space is in them. */
export function normalLabel(label: string): string {
  return label
    .trim()
    .replace(/[ \t\n]+/g, " ")
    .toLowerCase()
    .toUpperCase();
}

const LABEL = /\[((?:[^[\]\\]|\\[^]){1,999})\]:/y;

/** The definitions at the beginning of a paragraph. */
export function definitionsIn(text: string): readonly Definition[] {
  const found: Definition[] = [];
  for (let at = 0; text[at] === "["; at = found.at(-1)?.end ?? 0) {
    const next = readDefinition(text, at);
    if (next === null) break;
    found.push(next);
  }
  return found;
}

/** What a paragraph has to show. */
export function afterDefinitions(text: string): string {
  return text.slice(definitionsIn(text).at(-1)?.end ?? 0);
}

function readDefinition(text: string, at: number): Definition | null {
  LABEL.lastIndex = at;
  const [whole = "", label = ""] = LABEL.exec(text) ?? [];
  // A label with a caret is a footnote's, whose text must not become an address.
  if (label.trim() === "" || label.startsWith("^")) return null;
  const destination = readDestination(text, skipSpace(text, at + whole.length));
  if (
    destination === null ||
    (destination.end === skipSpace(text, at + whole.length) && destination.text === "")
  )
    return null;
  const define = (title: string, end: number): Definition => ({
    label: normalLabel(label),
    address: unescape(destination.text),
    title,
    end,
  });
  const afterSpace = skipSpace(text, destination.end);
  const title = afterSpace > destination.end ? readTitle(text, afterSpace) : null;
  const titleEnd = title === null ? null : lineEnd(text, title.end);
  if (title !== null && titleEnd !== null) return define(unescape(title.text), titleEnd);
  const end = lineEnd(text, destination.end);
  return end === null ? null : define("", end);
}

/** The start of the next line, if nothing but space is before it. */
function lineEnd(text: string, at: number): number | null {
  let end = at;
  while (text[end] === " " || text[end] === "\t") end += 1;
  if (end === text.length) return end;
  return text[end] === "\n" ? end + 1 : null;
}

/** The definitions of a text; the first of a label counts. */
export class Definitions<Reader> {
  private readonly targets = new Map<string, Target>();
  private readonly waiting = new Map<string, Set<Reader>>();

  find(label: string): Target | null {
    return this.targets.get(label) ?? null;
  }

  /** Remember who would show a link if this label was defined. */
  await(label: string, reader: Reader): void {
    const readers = this.waiting.get(label);
    if (readers === undefined) this.waiting.set(label, new Set([reader]));
    else readers.add(reader);
  }

  /** Returns those who have waited for the definition. */
  define(label: string, target: Target): Iterable<Reader> {
    if (this.targets.has(label)) return [];
    this.targets.set(label, target);
    const readers = this.waiting.get(label) ?? [];
    this.waiting.delete(label);
    return readers;
  }
}
