/** Rows to fill in, under the columns of the demo, in an editor that only such demos load. */
import { html } from "lit";
import { list, number, oneOf, record, json as anything, text } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import { isList, isMapping, type Json } from "../../contract/json.ts";
import type { Column } from "../table-editor/cells.ts";
import { loadTableEditor } from "../table-editor/load.ts";
import { fieldGroup } from "./field.ts";
import type { InputKind } from "./types.ts";

interface TableInput extends InputKeys {
  readonly columns: readonly Column[];
  readonly max_rows: number;
}

type Rows = readonly (readonly Json[])[];

export const KIND: InputKind<TableInput> = {
  type: "table",
  fields: {
    columns: list(
      record<Column>({
        name: text,
        type: oneOf("text", "number", "integer", "checkbox", "date"),
        choices: list(anything),
      }),
    ),
    max_rows: number,
  },
  fits: ({ columns }, value) => rowsIn(value, columns) !== null,
  draw: (drawing) => {
    void loadTableEditor();
    return fieldGroup(
      drawing,
      html`<gs-table-editor
        .columns=${drawing.input.columns}
        .most=${drawing.input.max_rows}
        .rows=${rowsIn(drawing.value, drawing.input.columns) ?? []}
        .change=${drawing.change}
      ></gs-table-editor>`,
    );
  },
};

/** The rows of a value in the order of the columns; null if it has others. */
function rowsIn(value: Json, columns: readonly Column[]): Rows | null {
  if (value === null || (isList(value) && value.length === 0)) return [];
  if (!isMapping(value) || !isList(value.columns) || !isList(value.rows)) return null;
  const names = value.columns;
  if (names.some((name) => !columns.some((column) => column.name === name))) return null;
  const places = columns.map(({ name }) => names.indexOf(name));
  const rows = value.rows.map((row) => (isList(row) ? places.map((at) => row[at] ?? null) : null));
  return rows.every((row) => row !== null) ? rows : null;
}
