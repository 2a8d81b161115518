/** Rows of tables, as in GitHub's dialect of Markdown. */

/** The alignments that the line below a table's header gives, "" for none; null if it is no such line. */
export function readAligns(text: string): readonly string[] | null {
  if (!/^[-|: \t]+$/.test(text) || !/[|:]/.test(text)) return null;
  const cells = splitRow(text);
  if (!cells.every((cell) => /^:?-+:?$/.test(cell))) return null;
  return cells.map((cell) => (cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : ""));
}

/** A row's cells: a backslash before a bar makes it a part of the cell. */
export function splitRow(row: string): readonly string[] {
  const text = row.trim();
  const cells: string[] = [];
  let cell = "";
  let from = text.startsWith("|") ? 1 : 0;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "\\" && at + 1 < text.length) {
      if (text[at + 1] === "|") {
        cell += text.slice(from, at);
        from = at + 1;
      }
      at += 1;
    } else if (sign === "|") {
      cells.push((cell + text.slice(from, at)).trim());
      cell = "";
      from = at + 1;
    }
  }
  if (from < text.length || cell !== "") cells.push((cell + text.slice(from)).trim());
  return cells;
}
