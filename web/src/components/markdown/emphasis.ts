/** Emphasis and strike-through: runs of `*`, `_` and `~` that open and close, as in CommonMark 0.31, 6.2. */
import type { Inline } from "./inline.ts";

export interface Delimiter {
  readonly node: Inline;
  readonly sign: string;
  /** As written: whether a run may close another one depends on both lengths. */
  readonly written: number;
  readonly opens: boolean;
  readonly closes: boolean;
  /** How far it is from the end of the text. */
  readonly place: number;
  length: number;
}

/** An unfinished text shows emphasis before it is closed, if it began in this many characters before the end. */
const UNFINISHED = 400;

/** Pair all runs from this index on, and forget them. */
export function pairDelimiters(parent: Inline, delimiters: Delimiter[], bottom: number): void {
  const stack: Delimiter[] = [];
  /** By kind of run: below this height of the stack nothing can open it. */
  const floors = new Map<string, number>();
  for (const closer of delimiters.splice(bottom)) {
    if (closer.closes) closeWith(parent, closer, stack, floors);
    if (closer.opens && closer.length > 0) stack.push(closer);
  }
  delimiters.push(...stack);
}

function closeWith(parent: Inline, closer: Delimiter, stack: Delimiter[], floors: Map<string, number>): void {
  const kind = `${closer.sign}${String(closer.opens)}${closer.written % 3}${closer.sign === "~" ? closer.written : ""}`;
  while (closer.length > 0) {
    const floor = floors.get(kind) ?? 0;
    const at = stack.findLastIndex((each, height) => height < floor || isPair(each, closer));
    const opener = stack[at];
    if (opener === undefined || at < floor) {
      floors.set(kind, stack.length);
      return;
    }
    stack.length = opener.length > widthOf(opener, closer) ? at + 1 : at;
    for (const [name, height] of floors) if (height > stack.length) floors.set(name, stack.length);
    join(parent, opener, closer);
  }
}

function isPair(opener: Delimiter, closer: Delimiter): boolean {
  if (opener.sign !== closer.sign) return false;
  if (opener.sign === "~") return opener.written === closer.written;
  if (!opener.closes && !closer.opens) return true;
  return (
    (opener.written + closer.written) % 3 !== 0 || (opener.written % 3 === 0 && closer.written % 3 === 0)
  );
}

function widthOf(opener: Delimiter, closer: Delimiter): number {
  if (opener.sign === "~") return opener.length;
  return opener.length > 1 && closer.length > 1 ? 2 : 1;
}

function join(parent: Inline, opener: Delimiter, closer: Delimiter): void {
  const width = widthOf(opener, closer);
  parent.wrap(opener.node, closer.node, { type: typeOf(opener.sign, width) });
  for (const run of [opener, closer]) shorten(parent, run, width);
}

function typeOf(sign: string, width: number): "emphasis" | "strong" | "strike" {
  return sign === "~" ? "strike" : width === 2 ? "strong" : "emphasis";
}

function shorten(parent: Inline, run: Delimiter, width: number): void {
  run.length -= width;
  if (run.length === 0) parent.remove(run.node);
  else run.node.content = { type: "text", text: run.sign.repeat(run.length) };
}

/** Show what is opened near the end of an unfinished text as if it was closed there. */
export function closeUnfinished(parent: Inline, delimiters: readonly Delimiter[], end: number): void {
  for (const run of delimiters.toReversed()) {
    if (!run.opens || run.node.next === null || end - run.place > UNFINISHED) continue;
    while (run.length > 0) {
      const width = run.sign === "~" ? run.length : Math.min(run.length, 2);
      parent.wrap(run.node, null, { type: typeOf(run.sign, width) });
      shorten(parent, run, width);
    }
  }
}

/** The run of signs that begins here, and whether the letters around it let it open or close emphasis. */
export function readRun(text: string, at: number): Omit<Delimiter, "node"> {
  const sign = text.charAt(at);
  let end = at + 1;
  while (text[end] === sign) end += 1;
  const before = letterBefore(text, at);
  const after = String.fromCodePoint(text.codePointAt(end) ?? 32);
  const isLeft = !SPACE.test(after) && (!SIGN.test(after) || SPACE.test(before) || SIGN.test(before));
  const isRight = !SPACE.test(before) && (!SIGN.test(before) || SPACE.test(after) || SIGN.test(after));
  const length = end - at;
  const isUsed = sign !== "~" || length < 3;
  const opens = isUsed && isLeft && (sign !== "_" || !isRight || SIGN.test(before));
  const closes = isUsed && isRight && (sign !== "_" || !isLeft || SIGN.test(after));
  return { sign, written: length, length, opens, closes, place: at };
}

const SPACE = /^\s?$/;
const SIGN = /[\p{P}\p{S}]/u;

function letterBefore(text: string, at: number): string {
  if (at === 0) return " ";
  const before = text.charCodeAt(at - 1);
  return before >= 0xdc00 && before <= 0xdfff ? text.slice(at - 2, at) : text.charAt(at - 1);
}
