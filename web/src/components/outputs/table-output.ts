/**
 * A table, one page of rows and columns at a time.
 *
 * Every cell that is drawn or changed counts, so that no frame has many of them, however wide a table is, however often
 * it changes, and however many tables there are. A page takes the place of another in one step: what is in view of its
 * rows is drawn with it, and the rest is blank until a later frame draws it.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { Misfit, type Decode } from "../../contract/decode.ts";
import { asText, isList, isMapping, isNumber, type Json } from "../../contract/json.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { englishPaging, type PagingWords } from "../../words/paging/en.ts";
import { frameWork, WHOLE_FRAME, type Work } from "../frame-work.ts";
import { LightElement } from "../light-element.ts";
import { copyTool, saveTool } from "./output-tools.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";

/** A page has so many rows at most, and fewer of a wide table: the browser lays out all cells when one changes. */
const PAGE_ROWS = 100;
const PAGE_CELLS = 2_400;
const PAGE_COLUMNS = 100;
/** More cells are drawn over several frames, but for those of rows in view. */
const FRAME_CELLS = 400;
/** How many rows the box shows at most, which is 520 pixels high. */
const VIEW_ROWS = 18;
/** How many columns it shows at most: cells have 32 pixels at their sides. Of a wide table, others are drawn later. */
const VIEW_COLUMNS = 22;
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

export const KIND: OutputKind = {
  type: "table",
  fields: {},
  fits: (value) => readValue(table, value) !== null,
  draw: ({ output, value, select }) =>
    html`<gs-table-output .value=${value} .name=${output.label} .select=${select}></gs-table-output>`,
  tools: ({ output, value }) =>
    html`${copyTool(words.copy.asCsv, () => toCsv(value))}${saveTool(words.outputs.saveCsv, `${output.name}.csv`, () => new Blob([toCsv(value)], { type: "text/csv" }))}`,
  describe: ({ value }) => countRows(value),
};

function countRows(value: Json): string {
  return isMapping(value) && isList(value.rows) ? words.size.rows(value.rows.length) : "";
}

/** What a row shows: its own cells, and on which side each stands. */
interface Row {
  readonly cells: readonly Json[];
  readonly isNumeric: readonly boolean[];
  /** How many of its columns are drawn. */
  readonly columns: number;
}

interface Page {
  readonly table: Table;
  readonly rowPage: number;
  readonly columnPage: number;
  readonly columns: readonly string[];
  readonly isNumeric: readonly boolean[];
  readonly rows: readonly (readonly Json[])[];
}

const NO_PAGE: Page = {
  table: { columns: [], rows: [] },
  rowPage: 0,
  columnPage: 0,
  columns: [],
  isNumeric: [],
  rows: [],
};

class TableOutputElement extends LightElement implements Work {
  static override properties = {
    value: { attribute: false },
    name: {},
    select: { attribute: false },
    rowPage: { state: true },
    columnPage: { state: true },
  };
  declare value: Json;
  declare name: string;
  /** To be called with a cell that a visitor selects; null where nothing comes of it. */
  declare select: OutputDrawing["select"];
  declare rowPage: number;
  declare columnPage: number;
  /** What is shown, as a whole: no row of another value is among its rows. */
  private page = NO_PAGE;
  /** What takes its place in the next frame that has time for it. */
  private next = NO_PAGE;
  /** The rows of the page; null for one that is blank, because it is not drawn yet. */
  private drawn: readonly (Row | null)[] = [];
  /** How far the box is scrolled, as a part of its content's height. */
  private scrolled = 0;
  /** Whether it is scrolled to other columns than the first. */
  private isAside = false;

  constructor() {
    super();
    this.rowPage = 0;
    this.columnPage = 0;
    this.select = null;
  }

  /** Change to the next page, or draw some more rows of this one. */
  step(): number {
    if (!this.isUnfinished) return 0;
    if (this.next === this.page) this.fill();
    else this.turn();
    this.requestUpdate();
    return WHOLE_FRAME;
  }

  private get isUnfinished(): boolean {
    return this.next !== this.page || !this.drawn.every(isWhole);
  }

  /** Show the next page, with the rows that it shares with this one and those in view. */
  private turn(): void {
    const { rows, columns, isNumeric } = this.next;
    const isOther = !isSame(this.page.columns, columns);
    this.drawn = rows.map((row, at) => {
      const before = isOther ? null : (this.drawn[at] ?? null);
      return before?.isNumeric === isNumeric && isSame(before.cells, row) ? before : null;
    });
    this.page = this.next;
    this.fill();
  }

  /** Draw the blank rows in view, as far as they are, and the rest of them and of others as far as a frame can. */
  private fill(): void {
    const { rows, columns } = this.page;
    const drawn = [...this.drawn];
    const first = Math.floor(this.scrolled * rows.length);
    const order = rows.map((_, nth) => (first + nth) % rows.length);
    let cells = 0;
    const draw = (at: number, upTo: number): void => {
      cells += Math.max(1, upTo - (drawn[at]?.columns ?? 0));
      drawn[at] = { cells: rows[at] ?? [], isNumeric: this.page.isNumeric, columns: upTo };
    };
    const inView = this.isAside ? columns.length : Math.min(VIEW_COLUMNS, columns.length);
    for (const at of order.slice(0, VIEW_ROWS)) if (drawn[at] === null) draw(at, inView);
    for (const at of order) if (cells < FRAME_CELLS && !isWhole(drawn[at] ?? null)) draw(at, columns.length);
    this.drawn = drawn;
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
    this.next = this.readPage();
    if (this.next.rows.length * this.next.columns.length <= FEW_CELLS) this.turn();
  }

  protected override updated(): void {
    if (this.isUnfinished) frameWork.add(this);
  }

  private readPage(): Page {
    const found = readValue(table, this.value) ?? NO_PAGE.table;
    const size = rowsOfPage(found);
    this.rowPage = Math.min(this.rowPage, lastPage(found.rows.length, size));
    this.columnPage = Math.min(this.columnPage, lastPage(found.columns.length, PAGE_COLUMNS));
    const { rowPage, columnPage } = this;
    const from = columnPage * PAGE_COLUMNS;
    const columns = found.columns.slice(from, from + PAGE_COLUMNS);
    const rows = found.rows
      .slice(rowPage * size, (rowPage + 1) * size)
      .map((row) => cellsOf(row).slice(from, from + PAGE_COLUMNS));
    const numeric = columns.map((_, index) => holdsNumbers(rows, index));
    const { isNumeric: before } = this.page;
    const isNumeric = isSame(before, numeric) ? before : numeric;
    return { table: found, rowPage, columnPage, columns, isNumeric, rows };
  }

  override render(): TemplateResult {
    const { columns, isNumeric, table, rowPage, columnPage } = this.page;
    return html`<div
        class="table-box"
        tabindex="0"
        role="group"
        aria-label=${this.name}
        @scroll=${this.noteScroll}
      >
        <table
          class=${this.select === null ? "" : "selectable"}
          @click=${this.selectCell}
          @keydown=${this.keyed}
          @focusin=${this.keepFocused}
        >
          <thead>
            <tr>
              ${columns.map((name, index) => html`<th scope="col" dir="auto" class=${align(isNumeric[index])}>${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${this.drawn.map((row, at) =>
              guard([row, columns.length, this.select === null], () =>
                drawRow(row, columns.length, this.select === null ? null : at === 0 ? 0 : -1),
              ),
            )}
          </tbody>
        </table>
      </div>
      ${this.pager(rowPage, table.rows.length, inRows(rowsOfPage(table)), (page) => (this.rowPage = page))}
      ${this.pager(columnPage, table.columns.length, inColumns(), (page) => (this.columnPage = page))}`;
  }

  private readonly selectCell = ({ target }: Event): void => {
    const cell = target instanceof Element ? target.closest<HTMLTableCellElement>("tbody td") : null;
    const row = cell?.parentElement;
    if (this.select === null || cell === null || !(row instanceof HTMLTableRowElement)) return;
    const { rows, columns, rowPage, table } = this.page;
    const at = rowPage * rowsOfPage(table) + row.sectionRowIndex;
    const value = rows[row.sectionRowIndex]?.[cell.cellIndex] ?? null;
    this.select({ index: at, value, row: at, column: columns[cell.cellIndex] ?? "" });
  };

  /** The arrow keys lead from cell to cell, Enter selects. */
  private readonly keyed = (event: KeyboardEvent): void => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>("td") : null;
    const next = cell === null ? undefined : neighbour(cell, event.key);
    if (this.select === null || cell === null || (next === undefined && event.key !== "Enter")) return;
    event.preventDefault();
    if (next === undefined) this.selectCell(event);
    else next?.focus();
  };

  /** One cell is reached by the Tab key: the one that had the focus last. */
  private readonly keepFocused = ({ target }: Event): void => {
    if (!(target instanceof HTMLTableCellElement)) return;
    for (const cell of this.querySelectorAll("td[tabindex='0']")) cell.setAttribute("tabindex", "-1");
    target.setAttribute("tabindex", "0");
  };

  private readonly noteScroll = (event: Event): void => {
    const { scrollTop, scrollHeight, scrollLeft } = event.currentTarget as HTMLElement;
    this.scrolled = scrollTop / scrollHeight;
    this.isAside = scrollLeft !== 0;
  };

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

function inRows(size: number): Paged {
  return { size, label: pagingWords().rows, shown: pagingWords().rowsShown };
}

function inColumns(): Paged {
  return { size: PAGE_COLUMNS, label: pagingWords().columns, shown: pagingWords().columnsShown };
}

function rowsOfPage({ columns }: Table): number {
  return Math.min(PAGE_ROWS, Math.floor(PAGE_CELLS / Math.min(PAGE_COLUMNS, Math.max(1, columns.length))));
}

function lastPage(count: number, size: number): number {
  return Math.max(0, Math.ceil(count / size) - 1);
}

/** Rows that an event has not touched are compared cell by cell: a table that is sent whole has new ones. */
function isSame<Item>(one: readonly Item[], other: readonly Item[]): boolean {
  return one.length === other.length && one.every((item, at) => Object.is(item, other[at]));
}

function isWhole(row: Row | null): boolean {
  return row !== null && row.columns === row.isNumeric.length;
}

/** `tab` is what the Tab key finds in the row: its first cell for 0; null where no cell can be selected. */
function drawRow(row: Row | null, columns: number, tab: 0 | -1 | null): TemplateResult {
  if (row === null)
    return html`<tr class="blank">
      <td colspan=${columns}><br /></td>
    </tr>`;
  const { cells, isNumeric } = row;
  const blank = columns - row.columns;
  return html`<tr>
    ${Array.from({ length: row.columns }, (_, at) =>
      drawCell(cells[at], isNumeric[at], at === 0 ? tab : tab === null ? null : -1),
    )}
    ${blank > 0 ? html`<td colspan=${blank}></td>` : nothing}
  </tr>`;
}

function drawCell(
  value: Json | undefined,
  isNumeric: boolean | undefined,
  tab: 0 | -1 | null,
): TemplateResult {
  return html`<td dir="auto" class=${align(isNumeric)} tabindex=${tab ?? nothing}>${cellText(value)}</td>`;
}

/** The cell to which an arrow key leads: undefined for another key, null at the table's end. */
function neighbour(cell: HTMLTableCellElement, key: string): HTMLElement | null | undefined {
  const row = cell.parentElement;
  const below = (other: Element | null | undefined): HTMLElement | null =>
    other instanceof HTMLTableRowElement ? (other.cells[cell.cellIndex] ?? null) : null;
  switch (key) {
    case "ArrowLeft":
      return cell.previousElementSibling as HTMLElement | null;
    case "ArrowRight":
      return cell.nextElementSibling as HTMLElement | null;
    case "ArrowUp":
      return below(row?.previousElementSibling);
    case "ArrowDown":
      return below(row?.nextElementSibling);
    default:
      return undefined;
  }
}

function align(isNumeric: boolean | undefined): string {
  return isNumeric === true ? "figures end" : "";
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

function pagingWords(): PagingWords {
  return words.paging ?? englishPaging;
}

customElements.define("gs-table-output", TableOutputElement);
