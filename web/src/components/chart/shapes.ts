/** Bars side by side and dots, as paths on the canvas of uPlot. */
import uPlot from "uplot";

/** The share of the distance between two places that all bars of one place take. */
const FILLED = 0.8;
const WIDEST_BAR = 64;
const DOT_RADIUS = 3.5;

/** The smallest distance between two places of x, 1 for a single place. */
export function nearest(xs: ArrayLike<number>): number {
  let smallest = Infinity;
  for (let at = 1; at < xs.length; at += 1) {
    const distance = (xs[at] ?? 0) - (xs[at - 1] ?? 0);
    if (distance > 0) smallest = Math.min(smallest, distance);
  }
  return Number.isFinite(smallest) ? smallest : 1;
}

/** Bars of the series at `index` among `all`, from zero to their heights. */
export function bars(index: number, all: number): uPlot.Series.PathBuilder {
  return (plot, series, from, to) => {
    const fill = new Path2D();
    const unit = Math.abs(plot.valToPos(nearest(plot.data[0]), "x", true) - plot.valToPos(0, "x", true));
    const group = Math.min(unit * FILLED, WIDEST_BAR * all * uPlot.pxRatio);
    const width = Math.max(1, group / all);
    const zero = plot.valToPos(0, "y", true);
    eachPoint(plot, series, from, to, (x, y) => {
      fill.rect(
        x - group / 2 + index * width,
        Math.min(y, zero),
        Math.max(1, width * 0.94),
        Math.abs(y - zero),
      );
    });
    return { fill, stroke: null };
  };
}

export const dots: uPlot.Series.PathBuilder = (plot, series, from, to) => {
  const fill = new Path2D();
  const radius = DOT_RADIUS * uPlot.pxRatio;
  eachPoint(plot, series, from, to, (x, y) => {
    fill.moveTo(x + radius, y);
    fill.arc(x, y, radius, 0, 2 * Math.PI);
  });
  return { fill, stroke: null };
};

function eachPoint(
  plot: uPlot,
  series: number,
  from: number,
  to: number,
  draw: (x: number, y: number) => void,
): void {
  const xs = plot.data[0];
  const heights = plot.data[series];
  for (let at = from; at <= to; at += 1) {
    const [x, height] = [xs[at], heights?.[at]];
    if (x === undefined || height === null || height === undefined) continue;
    draw(plot.valToPos(x, "x", true), plot.valToPos(height, "y", true));
  }
}
