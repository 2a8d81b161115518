/** Splits highlighted code, as highlight.js writes it: text without `<`, and `<span class="…">` with its end. */
const PART = /<span [^>]*>|<\/span>|&[^;]*;|[^<&]/gu;

/** Split into blocks of these lengths, in letters of the text; the line break between two of them is left out. */
export function splitMarkup(markup: string, lengths: readonly number[]): readonly string[] {
  const blocks: string[] = [];
  const open: string[] = [];
  let block = "";
  let length = 0;
  for (const [part] of markup.matchAll(PART)) {
    if (part.startsWith("<span")) open.push(part);
    else if (part === "</span>") open.pop();
    else if (length === lengths[blocks.length] && part === "\n" && blocks.length < lengths.length - 1) {
      blocks.push(block + "</span>".repeat(open.length));
      block = open.join("");
      length = 0;
      continue;
    } else length += part.startsWith("&") ? 1 : part.length;
    block += part;
  }
  return [...blocks, block];
}
