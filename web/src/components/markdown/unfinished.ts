/**
 * What is held back at the end of a text that goes on, until it is clear what it is.
 *
 * A last line of mere markers (`-`, `**`, `==`, `#`, backticks, `|`, `>`, in a list also a number) is not shown: it may
 * become a heading, a list or a rule. Nor are, at the end of a line: markers of emphasis and code; a link or a picture
 * without its end; the beginning of a tag or of an entity; a backslash. They are all shown when the text is complete.
 */

const MARKERS = /^[\s>*+\-=#_`~|:$\\[]+$/;
const LIST_MARKERS = /^(?:[\s>*+\-=#_`~|:$\\[]|\d{1,9}[.)]?(?=\s|$))+$/;
const CLOSING_FENCE = /^\s*(?:`+|~+)\s*$/;

export function isMereMarkers(line: string, isInList: boolean): boolean {
  return line.length < 100 && (isInList ? LIST_MARKERS : MARKERS).test(line);
}

/** Within code a line that may become the end of it. */
export function mayCloseFence(line: string): boolean {
  return line.length < 100 && CLOSING_FENCE.test(line);
}

const HELD = [
  // `[text`, `[text]`, `[text](address "title`, `[text][label`, each also as a picture.
  /!?\[[^[\]\n]{0,120}$/,
  /!?\[[^[\]\n]{0,200}\](?:\([^()\s]{0,2000}(?:\s["'(][^\n]{0,200})?|\[[^[\]\n]{0,200})?$/,
  // `<word` may become a tag or an address.
  /<(?:[a-zA-Z/!][^<>\n]{0,100})?$/,
  /&[#\w]{0,31}$/,
  /[*_~`\\]+$/,
];
const LONGEST = 2_600;

/** The part of a line that can be shown while the rest of it is not known yet. */
export function withoutUnfinished(text: string): string {
  const begin = Math.max(0, text.length - LONGEST);
  const tail = text.slice(begin);
  const end = HELD.reduce((shown, pattern) => shown.replace(pattern, ""), tail);
  return end === tail ? text : text.slice(0, begin) + end;
}

/** A paragraph's last line may turn out to be a table's header. */
export function withoutTableHeader(text: string): string {
  const begin = text.lastIndexOf("\n") + 1;
  return text.startsWith("|", begin) ? text.slice(0, begin) : text;
}
