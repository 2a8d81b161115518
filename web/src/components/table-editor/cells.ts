/**
 * Cells of a table that come as text:
 *
 *     CSV, or cells copied from a spreadsheet --readCells--> texts --placed--> rows of a table, by their columns
 */
import { asText, isNumber, type Json } from "../../contract/json.ts";

export interface Column {
  readonly name: string;
  readonly type: "any" | "text" | "number" | "integer" | "checkbox" | "date";
  /** Not empty: a cell is one of these, whatever the type. */
  readonly choices: readonly Json[];
}

export type Rows = readonly (readonly Json[])[];

type Texts = readonly (readonly string[])[];

const TRUE = new Set(["true", "yes", "1", "x"]);
const DATE = /^\d{4}-\d\d-\d\d$/;
const NUMBER = /^[-+\u2212]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** Rows of texts, as in RFC 4180; without a separator the one that the first line has: a tab, a semicolon or a comma. */
export function readCells(text: string, separator: string | null): Texts {
  const whole = text.replace(/^\ufeff/, "");
  const first = /^.*/.exec(whole)?.[0] ?? "";
  const between =
    separator ?? (first.includes("\t") ? "\t" : first.includes(";") && !first.includes(",") ? ";" : ",");
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at <= whole.length;) {
    const [cell, end] = cellAt(whole, at, between);
    row.push(cell);
    at = end + 1;
    if (whole[end] === between) continue;
    if (whole[end] === "\r" && whole[end + 1] === "\n") at += 1;
    rows.push(row);
    row = [];
  }
  return rows.filter((cells) => cells.some((cell) => cell.trim() !== ""));
}

/** A cell, and where it ends. A quote within a cell that has none at its start means itself. */
function cellAt(text: string, start: number, separator: string): readonly [string, number] {
  const ends = (at: number): boolean => at >= text.length || [separator, "\r", "\n"].includes(text[at] ?? "");
  let at = start;
  if (text[at] !== '"') {
    while (!ends(at)) at += 1;
    return [text.slice(start, at), at];
  }
  let cell = "";
  at += 1;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return [cell + text.slice(at), text.length];
    cell += text.slice(at, quote);
    at = quote + 1;
    if (text[at] !== '"') break;
    cell += '"';
    at += 1;
  }
  const rest = at;
  while (!ends(at)) at += 1;
  return [cell + text.slice(rest, at), at];
}

/** What a text means in a column; the text itself where it means nothing there, which is refused later. */
export function cellOf(text: string, { type, choices }: Column): Json {
  const plain = text.trim();
  if (choices.length > 0)
    return plain === "" ? null : (choices.find((one) => asText(one) === plain) ?? plain);
  if (type === "text") return text;
  if (type === "checkbox") return TRUE.has(plain.toLowerCase());
  if (plain === "") return null;
  return type === "date" || !NUMBER.test(plain) ? plain : Number(plain.replace("\u2212", "-"));
}

/** The columns of a table: those that have a type, and the others by the cells that are there. */
export function columnsOf(names: readonly string[], typed: readonly Column[], rows: Rows): readonly Column[] {
  return names.map((name, at) => {
    const known = typed.find((each) => each.name === name);
    if (known !== undefined && (known.type !== "any" || known.choices.length > 0)) return known;
    return { name, type: typeOf(rows.map((row) => row[at] ?? null)), choices: [] };
  });
}

function typeOf(cells: readonly Json[]): Column["type"] {
  const given = cells.filter((cell) => cell !== null);
  if (given.length === 0) return "any";
  if (given.every(isNumber)) return "number";
  if (given.every((cell) => typeof cell === "boolean")) return "checkbox";
  if (!given.every((cell) => typeof cell === "string")) return "any";
  return given.every((cell) => DATE.test(cell)) ? "date" : "text";
}

interface Place {
  readonly rows: Rows;
  readonly row: number;
  readonly column: number;
}

/** A table with more cells from a place on. A first row with names of columns says which each cell belongs to. */
export function placed(
  texts: Texts,
  columns: readonly Column[],
  { rows, row, column }: Place,
): { readonly rows: Place["rows"]; readonly leftOut: number } {
  const heading = (texts[0] ?? []).map((name) => columns.findIndex((each) => sameName(each.name, name)));
  const isNamed = heading.some((index) => index >= 0);
  const widest = Math.max(0, ...texts.map((cells) => cells.length));
  const places = isNamed ? heading : Array.from({ length: widest }, (_, index) => column + index);
  const known = places.map((index) => columns[index]);
  const table = rows.map((each) => [...each]);
  for (const [index, cells] of texts.slice(isNamed ? 1 : 0).entries()) {
    while (table.length <= row + index) table.push(columns.map((each) => cellOf("", each)));
    for (const [at, cell] of cells.entries()) {
      const [target, place, line] = [known[at], places[at], table[row + index]];
      if (target !== undefined && place !== undefined && line !== undefined)
        line[place] = cellOf(cell, target);
    }
  }
  return { rows: table, leftOut: known.filter((each) => each === undefined).length };
}

function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
