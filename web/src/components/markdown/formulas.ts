/** Formulas in a line of text: found so that Markdown leaves them as they are written. */

const ENDS: Readonly<Record<string, string>> = { "\\(": "\\)", "\\[": "\\]", $$: "$$" };

/** The end of a formula that begins here; -1 where none does. An unfinished text's formula may lack its end. */
export function formulaEnd(text: string, at: number, isUnfinished: boolean): number {
  const start = text.slice(at, at + 2);
  const close = ENDS[start];
  if (close === undefined) return text[at] === "$" ? dollarEnd(text, at) : -1;
  const found = text.indexOf(close, at + 2);
  if (found >= 0) return found + 2;
  return isUnfinished ? text.length : -1;
}

/**
 * A single dollar begins a formula if no space follows it, and one ends it if no space is before it and no digit after
 * it: `$5 and $6` has none.
 */
function dollarEnd(text: string, at: number): number {
  if (/\s/.test(text.charAt(at + 1)) || at + 1 === text.length) return -1;
  const found = text.indexOf("$", at + 1);
  const line = text.indexOf("\n", at);
  if (found < 0 || (line >= 0 && line < found)) return -1;
  const isEnd = !/[\s\\]/.test(text.charAt(found - 1)) && !/[\d$]/.test(text.charAt(found + 1));
  return isEnd ? found + 1 : -1;
}
