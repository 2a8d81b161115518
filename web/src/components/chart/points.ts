/**
 * A chart's value, and its points by series over one axis of x, as they are drawn.
 *
 *     {x, y: [name], color, rows: [[x, y…, color]]} --alignPoints--> {axis, xs, series: [{name, heights}]}
 *
 * `xs` ascends. A height is null for a gap, and undefined where another series has the point of this x.
 */
import { list, Misfit, nullable, text, type Decode } from "../../contract/decode.ts";
import { asText, isList, isMapping, isNumber, type Json, type JsonList } from "../../contract/json.ts";

export interface Chart {
  /** Null where the rows are counted. */
  readonly x: string | null;
  readonly y: readonly string[];
  readonly color: string | null;
  readonly rows: readonly Json[];
}

const names = list(text);
const name = nullable(text);

/** Rows are read where they are drawn: there may be many, and each came as an event. */
export const chart: Decode<Chart> = (value, at) => {
  if (!isMapping(value) || !isList(value.rows)) throw new Misfit(at, "the rows of a chart", value);
  const { x, y, color, rows } = value;
  return { x: name(x, `${at}.x`), y: names(y, `${at}.y`), color: name(color, `${at}.color`), rows };
};

export type Axis =
  | { readonly type: "linear" }
  /** Milliseconds since 1970. */
  | { readonly type: "moments" }
  /** The index of a category. */
  | { readonly type: "categories"; readonly names: readonly string[] };

export interface Series {
  readonly name: string;
  readonly heights: readonly (number | null | undefined)[];
}

export interface Points {
  readonly axis: Axis;
  readonly xs: readonly number[];
  readonly series: readonly Series[];
}

const MOMENT = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
const DAY_LENGTH = 10;

export function alignPoints({ y, color, rows }: Chart): Points {
  const cells = rows.filter(isList).filter(([x]) => x !== null && x !== undefined);
  const axis = axisOf(cells);
  const place = placer(axis);
  const placed = cells.map((row) => [place(row[0] ?? null), row] as const);
  if (placed.some(([x], index) => x < (placed[index - 1]?.[0] ?? x))) placed.sort(([a], [b]) => a - b);
  const aligned = new Aligned();
  for (const [x, row] of placed) {
    const group = color === null ? null : (row[y.length + 1] ?? null);
    y.forEach((column, index) => {
      aligned.add(seriesName(column, group, y.length), x, heightOf(row[index + 1]));
    });
  }
  return { axis, xs: aligned.xs, series: aligned.series() };
}

/** Series share their places on x: several points of one series at one x take as many places. */
class Aligned {
  readonly xs: number[] = [];
  private readonly heights = new Map<string, (number | null | undefined)[]>();
  /** Where the places of the current x begin. */
  private start = 0;

  add(series: string, x: number, height: number | null): void {
    if (this.xs[this.start] !== x) this.start = this.xs.length;
    let heights = this.heights.get(series);
    if (heights === undefined) this.heights.set(series, (heights = []));
    const at = Math.max(this.start, heights.length);
    while (heights.length < at) heights.push(undefined);
    heights.push(height);
    if (at === this.xs.length) this.xs.push(x);
  }

  series(): readonly Series[] {
    return [...this.heights].map(([series, heights]) => {
      while (heights.length < this.xs.length) heights.push(undefined);
      return { name: series, heights };
    });
  }
}

function seriesName(column: string, group: Json, columns: number): string {
  if (group === null) return column;
  return columns === 1 ? asText(group) : `${asText(group)}, ${column}`;
}

function heightOf(cell: Json | undefined): number | null {
  return isNumber(cell) ? Number(cell) : null;
}

function axisOf(rows: readonly JsonList[]): Axis {
  if (rows.every(([x]) => isNumber(x))) return { type: "linear" };
  if (rows.every(([x]) => typeof x === "string" && MOMENT.test(x))) return { type: "moments" };
  return { type: "categories", names: [...new Set(rows.map(([x]) => asText(x ?? null)))] };
}

function placer(axis: Axis): (x: Json) => number {
  if (axis.type === "linear") return Number;
  if (axis.type === "moments") return (x) => momentOf(asText(x));
  const places = new Map(axis.names.map((category, index) => [category, index]));
  return (x) => places.get(asText(x)) ?? 0;
}

/** A date, and a moment without a time zone, are those of the reader's own clock. */
function momentOf(written: string): number {
  const isDay = written.length === DAY_LENGTH;
  return new Date(isDay ? `${written}T00:00` : written.replace(" ", "T")).getTime();
}

/** The columns and rows as they are, for a table. */
export function asRows({ x, y, color, rows }: Chart, counted: string): Json {
  return { columns: [x ?? counted, ...y, ...(color === null ? [] : [color])], rows };
}
