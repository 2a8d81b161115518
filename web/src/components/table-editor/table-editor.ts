/**
 * The fields of a table, a row of them for each row:
 *
 *     typed, pasted from a spreadsheet, or a CSV file --cellOf--> {columns, rows}
 *
 * Enter and the arrow keys go from row to row; the row after the last one is made when it is needed.
 */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { asText, sameJson, type Json } from "../../contract/json.ts";
import type { Selection } from "../../contract/page-event.ts";
import { words } from "../../words.ts";
import { englishTableEditor, type TableEditorWords } from "../../words/table-editor/en.ts";
import { icon } from "../icon.ts";
import { typedText } from "../inputs/typed-text.ts";
import { LightElement } from "../light-element.ts";
import { cellOf, columnsOf, placed, readCells, type Column, type Rows } from "./cells.ts";
import "../../style/table-input.css";

/** More rows are drawn on demand: each of their cells is a field. */
const DRAWN_ROWS = 100;

class TableEditor extends LightElement {
  static override properties = {
    names: { attribute: false },
    typed: { attribute: false },
    value: { attribute: false },
    most: { attribute: false },
    rows: { attribute: false },
    change: { attribute: false },
    drawn: { state: true },
    note: { state: true },
  };
  declare names: readonly string[];
  declare typed: readonly Column[];
  /** What the rows are from. */
  declare value: Json;
  declare most: number;
  declare rows: Rows;
  declare change: (value: Json) => void;
  declare drawn: number;
  declare note: string;
  /** What its cells are; a value that was entered here changes no type. */
  private columns: readonly Column[] = [];
  /** The last value that was entered here. */
  private given: Json = null;
  /** The row and the column that get the focus once they are there. */
  private wanted: readonly [number, number] | null = null;

  constructor() {
    super();
    this.names = [];
    this.typed = [];
    this.value = null;
    this.most = 0;
    this.rows = [];
    this.change = () => undefined;
    this.drawn = DRAWN_ROWS;
    this.note = "";
  }

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    const isOther = changed.has("value") && (this.value === null || this.value !== this.given);
    if (isOther || changed.has("typed")) this.columns = columnsOf(this.names, this.typed, this.rows);
  }

  override render(): TemplateResult {
    const rows = this.rows.length === 0 ? [this.emptyRow()] : this.rows;
    const hidden = rows.length - this.drawn;
    return html`<div
        class="table-input"
        @paste=${this.paste}
        @keydown=${this.step}
        @focusin=${this.enterCell}
      >
        <table>
          <thead>
            <tr>
              ${this.columns.map(({ name }) => html`<th scope="col" dir="auto">${name}</th>`)}
              <th><span class="visually-hidden">${tableEditorWords().remove}</span></th>
            </tr>
          </thead>
          <tbody>
            ${rows.slice(0, this.drawn).map((row, at) => this.drawRow(row, at))}
          </tbody>
        </table>
      </div>
      <div class="table-tools">
        <button class="small" type="button" ?disabled=${this.rows.length >= this.most} @click=${this.add}>
          ${tableEditorWords().add}
        </button>
        ${
          hidden > 0
            ? html`<button class="small" type="button" @click=${() => (this.drawn += DRAWN_ROWS)}>
                ${words.outputs.more(hidden)}
              </button>`
            : nothing
        }
        <button class="small" type="button" @click=${this.choose}>${tableEditorWords().load}</button>
        <input type="file" hidden accept=".csv,.tsv,.txt,text/csv" @change=${this.load} />
      </div>
      <p class="note" role="status">${this.note}</p>`;
  }

  protected override updated(): void {
    if (this.wanted === null) return;
    const [row, column] = this.wanted;
    const cell = this.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
    if (cell === null) return;
    this.wanted = null;
    cell.focus();
  }

  private drawRow(row: readonly Json[], at: number): TemplateResult {
    const remove = (): void => {
      this.wanted = [Math.max(0, Math.min(at, this.rows.length - 2)), 0];
      this.give(this.rows.filter((_, index) => index !== at));
    };
    const label = tableEditorWords().removeRow(at + 1);
    return html`<tr>
      ${this.columns.map((column, index) => html`<td>${this.drawCell(column, row[index] ?? null, at, index)}</td>`)}
      <td>
        <button class="tool" type="button" title=${label} aria-label=${label} @click=${remove}>
          ${icon("cross")}
        </button>
      </td>
    </tr>`;
  }

  private drawCell(column: Column, cell: Json, at: number, index: number): TemplateResult {
    const label = tableEditorWords().cell(column.name, at + 1);
    const enter = (value: Json): void => {
      this.enter(at, index, value);
    };
    if (column.choices.length > 0) return drawChoice(column, cell, { label, at, index, enter });
    if (column.type === "checkbox") return drawBox(cell, { label, at, index, enter });
    return drawText(column, cell, { label, at, index, enter });
  }

  private emptyRow(): readonly Json[] {
    return this.columns.map((column) => cellOf("", column));
  }

  private give(rows: Rows): void {
    this.given = { columns: this.columns.map(({ name }) => name), rows };
    this.change(this.given);
  }

  private enter(at: number, index: number, value: Json): void {
    const rows = this.rows.length === 0 ? [this.emptyRow()] : this.rows;
    this.give(rows.map((row, other) => (other === at ? row.with(index, value) : row)));
  }

  /** Tell who shows the table which cell is in use. */
  private readonly enterCell = ({ target }: Event): void => {
    const { row, column } = (target as HTMLElement).dataset;
    if (row === undefined || column === undefined) return;
    const [at, index] = [Number(row), Number(column)];
    const detail: Selection = {
      index: at,
      value: this.rows[at]?.[index] ?? null,
      row: at,
      column: this.names[index] ?? "",
    };
    this.dispatchEvent(new CustomEvent("gs-selected", { bubbles: true, detail }));
  };

  private readonly add = (): void => {
    const rows = this.rows.length === 0 ? [this.emptyRow()] : this.rows;
    this.drawn = Math.max(this.drawn, rows.length + 1);
    this.wanted = [rows.length, 0];
    this.give([...rows, this.emptyRow()]);
  };

  private readonly paste = (event: ClipboardEvent): void => {
    const given = event.clipboardData?.getData("text/plain") ?? "";
    const { row, column } = (event.target as HTMLElement).dataset;
    // A text of one cell is pasted into its field as ever.
    if (!/[\t\n]/.test(given.trimEnd()) || row === undefined || column === undefined) return;
    event.preventDefault();
    const block = readCells(given, "\t");
    this.show(placed(block, this.columns, { rows: this.rows, row: Number(row), column: Number(column) }));
  };

  private readonly choose = (): void => {
    this.querySelector<HTMLInputElement>("input[type=file]")?.click();
  };

  private readonly load = async (event: Event): Promise<void> => {
    const field = event.target as HTMLInputElement;
    const [file] = field.files ?? [];
    if (file === undefined) return;
    const block = readCells(await file.text(), null);
    field.value = "";
    this.show(placed(block, this.columns, { rows: [], row: 0, column: 0 }));
  };

  private show({ rows, leftOut }: ReturnType<typeof placed>): void {
    const tooMany = Math.max(0, rows.length - this.most);
    this.note = [
      leftOut > 0 ? tableEditorWords().leftOut(leftOut) : "",
      tooMany > 0 ? tableEditorWords().tooMany(this.most, tooMany) : "",
    ].join(" ");
    this.give(rows.slice(0, this.most));
  }

  /** Go to the row above or below; a field with a choice of its own keeps its arrow keys. */
  private readonly step = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const { row, column } = target.dataset;
    if (row === undefined || column === undefined || event.isComposing || event.ctrlKey || event.metaKey)
      return;
    const isText = target instanceof HTMLInputElement && target.type === "text";
    const by = event.key === "Enter" || (isText && event.key === "ArrowDown") ? 1 : 0;
    const way = isText && event.key === "ArrowUp" ? -1 : by;
    const next = Number(row) + way;
    if (way === 0 || next < 0) return;
    event.preventDefault();
    const isLast = next >= Math.max(1, this.rows.length);
    if (isLast && (event.key !== "Enter" || this.rows.length === 0 || this.rows.length >= this.most)) return;
    if (isLast) this.add();
    this.wanted = [next, Number(column)];
    this.requestUpdate();
  };
}

interface Cell {
  readonly label: string;
  readonly at: number;
  readonly index: number;
  readonly enter: (value: Json) => void;
}

function textIn(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

function drawChoice(column: Column, cell: Json, { label, at, index, enter }: Cell): TemplateResult {
  return html`<select
    class="field"
    aria-label=${label}
    data-row=${at}
    data-column=${index}
    @change=${(event: Event) => {
      enter(cellOf(textIn(event), column));
    }}
  >
    <option value="" .selected=${cell === null}></option>
    ${column.choices.map(
      (choice) =>
        html`<option value=${asText(choice)} .selected=${sameJson(choice, cell)}>${asText(choice)}</option>`,
    )}
  </select>`;
}

function drawBox(cell: Json, { label, at, index, enter }: Cell): TemplateResult {
  return html`<input
    type="checkbox"
    aria-label=${label}
    data-row=${at}
    data-column=${index}
    .checked=${live(cell === true)}
    @change=${(event: Event) => {
      enter((event.target as HTMLInputElement).checked);
    }}
  />`;
}

function drawText(column: Column, cell: Json, { label, at, index, enter }: Cell): TemplateResult {
  const isNumber = column.type === "number" || column.type === "integer";
  return html`<input
    class="field ${isNumber ? "figures end" : ""}"
    type=${column.type === "date" ? "date" : "text"}
    inputmode=${isNumber ? "decimal" : nothing}
    dir=${isNumber ? "ltr" : "auto"}
    autocomplete="off"
    aria-label=${label}
    aria-invalid=${isNumber && typeof cell === "string" && cell !== "" ? "true" : nothing}
    data-row=${at}
    data-column=${index}
    .value=${typedText(cell === null ? "" : asText(cell), (typed) => sameJson(cellOf(typed, column), cell))}
    @input=${(event: Event) => {
      enter(cellOf(textIn(event), column));
    }}
  />`;
}

function tableEditorWords(): TableEditorWords {
  return words.tableEditor ?? englishTableEditor;
}

customElements.define("gs-table-editor", TableEditor);
