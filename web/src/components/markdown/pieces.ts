/**
 * A long text is drawn in pieces, so that what it costs to read, to draw and to lay out does not grow with it.
 *
 * Where a text is cut depends on it alone: at the first line end after 4,096 characters, or where there is none, at the
 * last space before 8,192. Emphasis and links do not reach over a cut.
 */
const SHORTEST = 4_096;
const LONGEST = 8_192;

/** The end of the piece that begins here; null while it may go on. */
export function pieceEnd(text: string, start: number): number | null {
  if (text.length - start <= SHORTEST) return null;
  const line = text.indexOf("\n", start + SHORTEST);
  if (line >= 0 && line < start + LONGEST) return line + 1;
  if (text.length - start <= LONGEST) return null;
  const space = text.lastIndexOf(" ", start + LONGEST - 1);
  if (space >= start + SHORTEST) return space + 1;
  const end = start + LONGEST;
  const code = text.charCodeAt(end);
  return code >= 0xdc00 && code <= 0xdfff ? end - 1 : end;
}
