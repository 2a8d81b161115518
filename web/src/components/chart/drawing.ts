/** Draws points with uPlot: the canvas of a chart, its axes, and where a point is on it. */
import uPlot from "uplot";
import type { Axis, Points } from "./points.ts";
import { bars, dots, nearest } from "./shapes.ts";
import { MOMENT_STEPS, momentTicks, tickTexts } from "./ticks.ts";

export type ChartKind = "line" | "bar" | "area" | "scatter";

/** What a canvas is drawn with, as CSS resolves it. */
export interface Look {
  readonly color: (series: number) => string;
  readonly ink: () => string;
  readonly grid: () => string;
  readonly font: string;
}

export interface Place {
  readonly left: number;
  readonly top: number;
}

const CATEGORY_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000];
const LABEL_SIZE = 22;
const TICK_SPACE = 84;
const AREA_OPACITY = 0.22;
const DOT_OPACITY = 0.75;
const DASHED_FROM = 8;
const DASH = [7, 4];

/** One chart on the page; `show` draws other points at little cost while their series stay the same. */
export class Drawing {
  private plot: uPlot | null = null;
  private drawn = "";
  private axis: Axis = { type: "linear" };
  private hidden: ReadonlySet<string> = new Set();

  constructor(
    private readonly place: HTMLElement,
    private readonly kind: ChartKind,
    private readonly look: Look,
  ) {}

  show(points: Points, labels: { x: string; y: string }, hidden: ReadonlySet<string>): void {
    const { axis, xs, series } = points;
    this.axis = axis;
    const what = JSON.stringify([axis.type, labels, series.map(({ name }) => name)]);
    const data = [xs, ...series.map(({ heights }) => heights)] as unknown as uPlot.AlignedData;
    if (this.plot === null || what !== this.drawn) {
      this.remove();
      this.drawn = what;
      this.hidden = hidden;
      this.plot = new uPlot(this.options(points, labels), data, this.place);
      return;
    }
    this.plot.setData(data);
    if (hidden === this.hidden) return;
    this.hidden = hidden;
    series.forEach(({ name }, index) => {
      this.plot?.setSeries(index + 1, { show: !hidden.has(name) });
    });
  }

  /** Draw again: the place has another size, or the page other colours. */
  refresh(): void {
    const { clientWidth: width, clientHeight: height } = this.place;
    if (this.plot === null || width === 0) return;
    if (width !== this.plot.width || height !== this.plot.height) this.plot.setSize({ width, height });
    else this.plot.redraw(false, true);
  }

  remove(): void {
    this.plot?.destroy();
    this.plot = null;
  }

  get canvas(): HTMLCanvasElement | null {
    return this.plot?.ctx.canvas ?? null;
  }

  /** Where a point is, in pixels from the corner of the place; null outside the axes. */
  placeOf(x: number, height: number): Place | null {
    if (this.plot === null) return null;
    const { left, top } = this.plot.bbox;
    return {
      left: left / uPlot.pxRatio + this.plot.valToPos(x, "x"),
      top: top / uPlot.pxRatio + this.plot.valToPos(height, "y"),
    };
  }

  private options({ series }: Points, labels: { x: string; y: string }): uPlot.Options {
    return {
      width: Math.max(1, this.place.clientWidth),
      height: Math.max(1, this.place.clientHeight),
      ms: 1,
      legend: { show: false },
      cursor: { show: false },
      padding: [12, 16, 0, 4],
      scales: {
        x: { time: false, range: (plot, low, high) => this.width(plot, low, high) },
        y: { range: (_, low, high) => this.height(low, high) },
      },
      axes: [this.xAxis(labels.x), this.yAxis(labels.y)],
      series: [{}, ...series.map(({ name }, index) => this.series(name, index, series.length))],
    };
  }

  private series(name: string, index: number, all: number): uPlot.Series {
    const color = (): string => this.look.color(index);
    const common = { label: name, show: !this.hidden.has(name) };
    if (this.kind === "bar")
      return { ...common, fill: color, width: 0, paths: bars(index, all), points: { show: false } };
    if (this.kind === "scatter") {
      return {
        ...common,
        fill: () => faint(color(), DOT_OPACITY),
        width: 0,
        paths: dots,
        points: { show: false },
      };
    }
    const filled = this.kind === "area" ? { fill: () => faint(color(), AREA_OPACITY), fillTo: 0 } : {};
    const dashed = index < DASHED_FROM ? {} : { dash: DASH };
    return { ...common, ...filled, ...dashed, stroke: color, width: 2, points: { fill: color, size: 6 } };
  }

  /** The ends of x: half a bar or category more on each side, and never nothing. */
  private width(plot: uPlot, low: number | null, high: number | null): uPlot.Range.MinMax {
    if (low === null || high === null) return [0, 1];
    if (this.axis.type === "categories") return [-0.5, this.axis.names.length - 0.5];
    const isPadded = this.kind === "bar" || low === high;
    const more = isPadded ? nearest(plot.data[0]) / 2 : this.kind === "scatter" ? (high - low) * 0.03 : 0;
    return [low - more, high + more];
  }

  private height(low: number | null, high: number | null): uPlot.Range.MinMax {
    if (low === null || high === null) return [0, 1];
    const isFromZero = this.kind === "bar" || this.kind === "area";
    const ends = isFromZero ? [Math.min(0, low), Math.max(0, high)] : [low, high];
    const [least = 0, most = 0] = ends;
    const limit = { pad: 0.08, soft: 0, mode: isFromZero ? 1 : 3 } as const;
    return uPlot.rangeNum(least, most, { min: limit, max: limit });
  }

  private xAxis(label: string): uPlot.Axis {
    const { type } = this.axis;
    const splits: uPlot.Axis.Splits = (_, __, from, to, step) => [...momentTicks(from, to, step)];
    return {
      ...this.ruled(label),
      ...(type === "categories" ? { incrs: CATEGORY_STEPS } : {}),
      ...(type === "moments" ? { incrs: [...MOMENT_STEPS], splits } : {}),
      space: TICK_SPACE,
      size: 34,
      values: (plot, ticks, __, ___, step) => [...tickTexts(ticks, step, this.axis, spaceOf(plot, ticks))],
    };
  }

  private yAxis(label: string): uPlot.Axis {
    return {
      ...this.ruled(label),
      // Before the first ticks are known, and while all series are hidden, there are no texts.
      size: (_, texts: readonly string[] | null) =>
        18 + 7 * Math.max(2, ...(texts ?? []).map((each) => each.length)),
      values: (_, ticks, __, ___, step) => [...tickTexts(ticks, step, { type: "linear" })],
    };
  }

  private ruled(label: string): uPlot.Axis {
    const grid = { stroke: this.look.grid, width: 1 };
    return {
      stroke: this.look.ink,
      font: this.look.font,
      labelFont: this.look.font,
      grid,
      ticks: { ...grid, size: 5 },
      ...(label === "" ? {} : { label, labelSize: LABEL_SIZE }),
    };
  }
}

/** How many pixels apart ticks of x are. */
function spaceOf(plot: uPlot, [first = 0, second = first + 1]: readonly number[]): number {
  return plot.valToPos(second, "x") - plot.valToPos(first, "x");
}

/** A colour as `getComputedStyle` writes it, less opaque. */
function faint(color: string, opacity: number): string {
  return color.replace(/^rgb\((.*)\)$/, `rgba($1, ${opacity})`);
}
