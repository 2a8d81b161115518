/** Words about tables that are filled in, which come with what shows them. */
import { countingIn } from "../figures.ts";

const phrase = countingIn<"one" | "other">("en-GB");

function counted(amount: number, unit: string): string {
  return phrase(amount, { one: `# ${unit}`, other: `# ${unit}s` });
}

export const englishTableEditor = {
  cell: (column: string, row: number) => `${column}, row ${row}`,
  add: "Add a row",
  remove: "Remove",
  removeRow: (row: number) => `Remove row ${row}`,
  load: "Load CSV",
  leftOut: (columns: number) => `${counted(columns, "column")} left out, which this table does not have.`,
  tooMany: (most: number, rows: number) => `At most ${most} rows: ${counted(rows, "row")} left out.`,
};

export type TableEditorWords = typeof englishTableEditor;
