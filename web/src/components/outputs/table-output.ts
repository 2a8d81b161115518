/**
 * A table, one page of rows and columns at a time.
 *
 * Every cell that is drawn or changed counts, so that no frame has more than a few hundred of them, however wide a
 * table is, however often it changes, and however many tables there are.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { Misfit, type Decode } from "../../contract/decode.ts";
import { asText, isList, isMapping, isNumber, type Json } from "../../contract/json.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { frameWork, WHOLE_FRAME, type Work } from "../frame-work.ts";
import { LightElement } from "../light-element.ts";
import { copyTool } from "./output-tools.ts";
import type { OutputKind } from "./types.ts";

const PAGE_ROWS = 100;
const PAGE_COLUMNS = 100;
/** More cells are drawn over several frames, also where they replace others. */
const FRAME_CELLS = 400;
/** A table of no more cells is drawn at once. */
const FEW_CELLS = 100;

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Json[];
}

/** Rows are checked where they are drawn: a table may grow by a row an event, and only a page of it ever is. */
const table: Decode<Table> = (value, at) => {
  if (!isMapping(value) || !isList(value.columns) || !isList(value.rows)) {
    throw new Misfit(at, "a table of columns and rows", value);
  }
  return { columns: value.columns.map(asText), rows: value.rows };
};

export const TABLE: OutputKind = {
  type: "table",
  fields: {},
  fits: (value) => readValue(table, value) !== null,
  draw: ({ output, value }) =>
    html`<gs-table-output .value=${value} .name=${output.label}></gs-table-output>`,
  tools: ({ value }) => copyTool(words.copy.asCsv, () => toCsv(value)),
  describe: ({ value }) => countRows(value),
};

function countRows(value: Json): string {
  return isMapping(value) && isList(value.rows) ? words.size.rows(value.rows.length) : "";
}

/** What a row shows: its own cells, and on which side each stands. */
interface Row {
  readonly cells: readonly Json[];
  readonly isNumeric: readonly boolean[];
}

interface Page {
  readonly table: Table;
  readonly columns: readonly string[];
  readonly isNumeric: readonly boolean[];
  readonly rows: readonly (readonly Json[])[];
}

class TableOutputElement extends LightElement implements Work {
  static override properties = {
    value: { attribute: false },
    name: {},
    rowPage: { state: true },
    columnPage: { state: true },
  };
  declare value: Json;
  declare name: string;
  declare rowPage: number;
  declare columnPage: number;
  private page: Page = { table: { columns: [], rows: [] }, columns: [], isNumeric: [], rows: [] };
  /** The rows that are drawn: those of the page as far as they have come, then those of the page before. */
  private drawn: readonly Row[] = [];
  /** How many of them are those of the page. */
  private current = 0;

  constructor() {
    super();
    this.rowPage = 0;
    this.columnPage = 0;
  }

  /** Draw some more rows of the page, in place of others or below them. */
  step(): number {
    const first = this.current;
    const cells = this.fill();
    if (first === this.current) return 0;
    this.requestUpdate();
    return cells === 0 ? 1 : WHOLE_FRAME;
  }

  /** Take over as many rows of the page as a frame can draw; returns how many cells that changes. */
  private fill(): number {
    const { rows, isNumeric } = this.page;
    const next = [...this.drawn];
    let cells = 0;
    for (; this.current < rows.length && cells < FRAME_CELLS; this.current += 1) {
      const row = rows[this.current] ?? [];
      const before = next[this.current];
      if (before?.isNumeric === isNumeric && isSame(before.cells, row)) continue;
      next[this.current] = { cells: row, isNumeric };
      cells += Math.max(1, isNumeric.length);
    }
    this.drawn = next;
    return cells;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    frameWork.remove(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("value") && !changed.has("rowPage") && !changed.has("columnPage")) return;
    const before = this.page;
    this.page = this.readPage(before.isNumeric);
    const isOther = !isSame(before.columns, this.page.columns) || changed.has("rowPage");
    this.drawn = isOther ? [] : this.drawn.slice(0, this.page.rows.length);
    this.current = 0;
    if (this.page.rows.length * this.page.columns.length <= FEW_CELLS) this.fill();
  }

  protected override updated(): void {
    if (this.current < this.page.rows.length) frameWork.add(this);
  }

  private readPage(isNumericBefore: readonly boolean[]): Page {
    const found = readValue(table, this.value) ?? { columns: [], rows: [] };
    this.rowPage = Math.min(this.rowPage, lastPage(found.rows.length, PAGE_ROWS));
    this.columnPage = Math.min(this.columnPage, lastPage(found.columns.length, PAGE_COLUMNS));
    const from = this.columnPage * PAGE_COLUMNS;
    const columns = found.columns.slice(from, from + PAGE_COLUMNS);
    const rows = found.rows
      .slice(this.rowPage * PAGE_ROWS, (this.rowPage + 1) * PAGE_ROWS)
      .map((row) => cellsOf(row).slice(from, from + PAGE_COLUMNS));
    const isNumeric = columns.map((_, index) => holdsNumbers(rows, index));
    return {
      table: found,
      columns,
      rows,
      isNumeric: isSame(isNumericBefore, isNumeric) ? isNumericBefore : isNumeric,
    };
  }

  override render(): TemplateResult {
    const { columns, isNumeric, table } = this.page;
    return html`<div class="table-box" tabindex="0" role="group" aria-label=${this.name}>
        <table>
          <thead>
            <tr>
              ${columns.map((name, index) => html`<th scope="col" dir="auto" class=${align(isNumeric[index])}>${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${this.drawn.map((row) => guard([row, columns.length], () => drawRow(row, columns.length)))}
          </tbody>
        </table>
      </div>
      ${this.pager(this.rowPage, table.rows.length, ROWS, (page) => (this.rowPage = page))}
      ${this.pager(this.columnPage, table.columns.length, COLUMNS, (page) => (this.columnPage = page))}`;
  }

  private pager(
    page: number,
    count: number,
    paged: Paged,
    turn: (page: number) => void,
  ): TemplateResult | typeof nothing {
    const last = lastPage(count, paged.size);
    if (last === 0) return nothing;
    const first = page * paged.size + 1;
    const end = Math.min(count, first + paged.size - 1);
    return html`<nav class="pager" aria-label=${paged.label}>
      <button
        class="small"
        type="button"
        ?disabled=${page === 0}
        @click=${() => {
          turn(page - 1);
        }}
      >
        ${words.outputs.back}
      </button>
      <span class="figures">${paged.shown(first, end, count)}</span>
      <button
        class="small"
        type="button"
        ?disabled=${page === last}
        @click=${() => {
          turn(page + 1);
        }}
      >
        ${words.outputs.next}
      </button>
    </nav>`;
  }
}

interface Paged {
  readonly size: number;
  readonly label: string;
  readonly shown: (first: number, last: number, count: number) => string;
}

const ROWS: Paged = { size: PAGE_ROWS, label: words.outputs.rows, shown: words.outputs.rowsShown };
const COLUMNS: Paged = {
  size: PAGE_COLUMNS,
  label: words.outputs.columns,
  shown: words.outputs.columnsShown,
};

function lastPage(count: number, size: number): number {
  return Math.max(0, Math.ceil(count / size) - 1);
}

/** Rows that an event has not touched are compared cell by cell: a table that is sent whole has new ones. */
function isSame<Item>(one: readonly Item[], other: readonly Item[]): boolean {
  return one.length === other.length && one.every((item, at) => Object.is(item, other[at]));
}

function drawRow({ cells, isNumeric }: Row, columns: number): TemplateResult {
  return html`<tr>
    ${Array.from({ length: columns }, (_, at) => drawCell(cells[at], isNumeric[at]))}
  </tr>`;
}

function drawCell(value: Json | undefined, isNumeric: boolean | undefined): TemplateResult {
  return html`<td dir="auto" class=${align(isNumeric)}>${cellText(value)}</td>`;
}

function align(isNumeric: boolean | undefined): string {
  return isNumeric === true ? "figures right" : "";
}

/** The cells of a row; what is no list of them is one. */
function cellsOf(row: Json): readonly Json[] {
  return isList(row) ? row : [row];
}

function holdsNumbers(rows: readonly (readonly Json[])[], index: number): boolean {
  const cells = rows.map((row) => row[index]).filter((cell) => cell !== null && cell !== undefined);
  return cells.length > 0 && cells.every(isNumber);
}

function cellText(value: Json | undefined): string {
  return value === null || value === undefined ? "" : asText(value);
}

/** CSV as in RFC 4180: cells with a comma, a quote or a line break are quoted. */
export function toCsv(value: Json): string {
  const found = readValue(table, value);
  if (found === null) return "";
  const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [found.columns, ...found.rows.map(cellsOf)]
    .map((row) => row.map((cell) => quote(cellText(cell))).join(","))
    .join("\r\n");
}

customElements.define("gs-table-output", TableOutputElement);
