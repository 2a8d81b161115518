/**
 * Formulas in a text: found so that Markdown leaves them as they are written, and read for `typeset.ts`.
 *
 * `\( … \)` and `$ … $` stand in a line; `\[ … \]`, `$$ … $$` and `\begin{…} … \end{…}` are displayed on their own.
 */

const ENDS: Readonly<Record<string, string>> = { "\\(": "\\)", "\\[": "\\]", $$: "$$" };

/** Where a formula ends. One without its own end yet, in a text that goes on, is not closed. */
export interface FormulaEnd {
  readonly end: number;
  readonly isClosed: boolean;
}

/** A formula without its signs. */
export interface Formula {
  readonly tex: string;
  readonly isDisplayed: boolean;
}

/** The end of a formula that begins here; null where none does. */
export function formulaEnd(text: string, at: number, isUnfinished: boolean): FormulaEnd | null {
  const start = text.slice(at, at + 2);
  const close = ENDS[start];
  if (close === undefined) return text[at] === "$" ? dollarEnd(text, at, isUnfinished) : null;
  const found = text.indexOf(close, at + 2);
  if (found >= 0) return { end: found + 2, isClosed: true };
  return isUnfinished ? { end: text.length, isClosed: false } : null;
}

/** What is between the signs; null for text that is no formula from its first letter to its last. */
export function readFormula(text: string): Formula | null {
  const source = text.trim();
  if (/^\\begin\{([a-zA-Z*]{1,30})\}[^]*\\end\{\1\}$/.test(source)) return { tex: source, isDisplayed: true };
  const start = source.startsWith("$") && !source.startsWith("$$") ? "$" : source.slice(0, 2);
  const end = start === "$" ? "$" : ENDS[start];
  if (end === undefined || !source.endsWith(end)) return null;
  const tex = source.slice(start.length, -end.length).trim();
  const isWhole = source.length >= start.length + end.length && tex !== "" && !tex.includes(end);
  return isWhole || (start === "$" && tex !== "")
    ? { tex, isDisplayed: start === "$$" || start === "\\[" }
    : null;
}

/**
 * A single dollar begins a formula if no letter or digit is before it and no space follows it. The next dollar of the
 * line without a backslash ends it, if no space is before it and no digit after it: `$5 and $6`, `US$5 to US$6` and
 * `20$ to 30$` have none. At the very end of a text that goes on a digit may follow yet.
 */
function dollarEnd(text: string, at: number, isUnfinished: boolean): FormulaEnd | null {
  if (/[A-Za-z0-9]/.test(text.charAt(at - 1)) || /^(?:\s|$)/.test(text.charAt(at + 1))) return null;
  const line = text.indexOf("\n", at);
  const lineEnd = line < 0 ? text.length : line;
  const found = nextDollar(text, at + 1);
  if (found < 0 || found >= lineEnd)
    return isUnfinished && line < 0 && hasSigns(text, at) ? { end: text.length, isClosed: false } : null;
  const isEnd = !/\s/.test(text.charAt(found - 1)) && !/[\d$]/.test(text.charAt(found + 1));
  if (!isEnd) return null;
  const isClosed = !isUnfinished || found + 1 < text.length;
  return { end: found + 1, isClosed };
}

function nextDollar(text: string, from: number): number {
  let found = text.indexOf("$", from);
  while (found > from && text[found - 1] === "\\") found = text.indexOf("$", found + 1);
  return found;
}

/** Whether what follows a dollar looks like a formula that has no end yet, and not like a price or a variable. */
function hasSigns(text: string, at: number): boolean {
  return /^\$(?:\\|[a-zA-Z{(]{1,3}[\^_{])/.test(text.slice(at, at + 8));
}
