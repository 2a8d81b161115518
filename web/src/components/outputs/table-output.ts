/** A table, one page of rows at a time. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { Misfit, type Decode } from "../../contract/decode.ts";
import { asText, isList, isMapping, isNumber, type Json } from "../../contract/json.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { frameWork, WHOLE_FRAME, type Work } from "../frame-work.ts";
import { LightElement } from "../light-element.ts";
import { copyTool } from "./output-tools.ts";
import type { OutputKind } from "./types.ts";

const PAGE_ROWS = 100;
/** More cells are drawn over several frames. */
const FRAME_CELLS = 400;

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

class TableOutputElement extends LightElement implements Work {
  static override properties = { value: { attribute: false }, name: {}, page: { state: true } };
  declare value: Json;
  declare name: string;
  declare page: number;
  /** How many rows of the page may be drawn. */
  private drawn = 0;
  private shown = 0;

  constructor() {
    super();
    this.page = 0;
  }

  /** Draw some more rows of the page. */
  step(): number {
    if (this.drawn >= this.shown) return 0;
    this.drawn += this.rowsPerFrame;
    this.requestUpdate();
    return WHOLE_FRAME;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    frameWork.remove(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("page")) this.drawn = 0;
    this.drawn = Math.max(this.drawn, this.rowsPerFrame);
  }

  protected override updated(): void {
    if (this.drawn < this.shown) frameWork.add(this);
  }

  private get rowsPerFrame(): number {
    const columns = readValue(table, this.value)?.columns.length ?? 0;
    return Math.max(1, Math.floor(FRAME_CELLS / Math.max(1, columns)));
  }

  override render(): TemplateResult {
    const found = readValue(table, this.value) ?? { columns: [], rows: [] };
    const pages = Math.max(1, Math.ceil(found.rows.length / PAGE_ROWS));
    const page = Math.min(this.page, pages - 1);
    const rows = found.rows.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS).map(cellsOf);
    this.shown = rows.length;
    const isNumeric = found.columns.map((_, index) => holdsNumbers(rows, index));
    return html`<div class="table-box" tabindex="0" role="group" aria-label=${this.name}>
        <table>
          <thead>
            <tr>
              ${found.columns.map((name, index) => html`<th scope="col" dir="auto" class=${align(isNumeric[index])}>${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.slice(0, this.drawn).map(
              (row) =>
                html`<tr>
                  ${found.columns.map((_, at) => drawCell(row[at], isNumeric[at]))}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${pages > 1 ? this.pager(page, pages, found) : nothing}`;
  }

  private pager(page: number, pages: number, { rows }: Table): TemplateResult {
    const first = page * PAGE_ROWS + 1;
    const last = Math.min(rows.length, first + PAGE_ROWS - 1);
    return html`<nav class="pager" aria-label=${words.outputs.rows}>
      <button class="small" type="button" ?disabled=${page === 0} @click=${() => (this.page = page - 1)}>
        ${words.outputs.back}
      </button>
      <span class="figures">${words.outputs.rowsShown(first, last, rows.length)}</span>
      <button
        class="small"
        type="button"
        ?disabled=${page === pages - 1}
        @click=${() => (this.page = page + 1)}
      >
        ${words.outputs.next}
      </button>
    </nav>`;
  }
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
