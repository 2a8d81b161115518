/** Rows to fill in, under the columns of the demo, in an editor that only such demos load. */
import { html } from "lit";
import { list, number, oneOf, record, json as anything, text } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import { asText, isList, isMapping, type Json } from "../../contract/json.ts";
import type { Column, Rows } from "../table-editor/cells.ts";
import { loadTableEditor } from "../table-editor/load.ts";
import { fieldGroup } from "./field.ts";
import type { InputKind } from "./types.ts";

/** More columns are shown, and not edited: each cell is a field. */
const MOST_COLUMNS = 50;

interface TableInput extends InputKeys {
  /** Those of type `any` can have other names and cells of any type, as where a function has made the table. */
  readonly columns: readonly Column[];
  readonly max_rows: number;
}

export const KIND: InputKind<TableInput> = {
  type: "table",
  fields: {
    columns: list(
      record<Column>({
        name: text,
        type: oneOf("any", "text", "number", "integer", "checkbox", "date"),
        choices: list(anything),
      }),
    ),
    max_rows: number,
  },
  fits: ({ columns }, value) => rowsIn(value, namesIn(value, columns)) !== null,
  canChange: ({ columns }, value) => {
    const names = namesIn(value, columns);
    return names.length > 0 && names.length <= MOST_COLUMNS && rowsIn(value, names) !== null;
  },
  draw: (drawing) => {
    void loadTableEditor();
    const names = namesIn(drawing.value, drawing.input.columns);
    return fieldGroup(
      drawing,
      html`<gs-table-editor
        .names=${names}
        .typed=${drawing.input.columns}
        .most=${drawing.input.max_rows}
        .value=${drawing.value}
        .rows=${rowsIn(drawing.value, names) ?? []}
        .change=${drawing.change}
      ></gs-table-editor>`,
    );
  },
};

/** The columns that are shown: those of the value where it can bring its own. */
function namesIn(value: Json, columns: readonly Column[]): readonly string[] {
  const isOpen = columns.every(({ type, choices }) => type === "any" && choices.length === 0);
  if (isOpen && isMapping(value) && isList(value.columns)) return value.columns.map(asText);
  return columns.map(({ name }) => name);
}

/** The rows of a value in the order of the columns; null if it has others. */
function rowsIn(value: Json, columns: readonly string[]): Rows | null {
  if (value === null || (isList(value) && value.length === 0)) return [];
  if (!isMapping(value) || !isList(value.columns) || !isList(value.rows)) return null;
  const names = value.columns;
  if (names.some((name) => !columns.includes(asText(name)))) return null;
  const places = columns.map((name) => names.indexOf(name));
  const rows = value.rows.map((row) => (isList(row) ? places.map((at) => row[at] ?? null) : null));
  return rows.every((row) => row !== null) ? rows : null;
}
