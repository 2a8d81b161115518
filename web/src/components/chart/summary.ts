/** A chart in a sentence, for who does not see it. */
import { chartWords } from "./chart-words.ts";
import type { ChartKind } from "./drawing.ts";
import type { Points } from "./points.ts";
import { heightText } from "./ticks.ts";

/** So many series are named. */
const NAMED = 8;

export function summaryOf(name: string, kind: ChartKind, { series }: Points): string {
  let amount = 0;
  let low = Infinity;
  let high = -Infinity;
  for (const { heights } of series) {
    for (const height of heights) {
      if (typeof height !== "number") continue;
      amount += 1;
      low = Math.min(low, height);
      high = Math.max(high, height);
    }
  }
  const names = series.slice(0, NAMED).map((each) => each.name);
  const drawnAs = chartWords().kinds[kind];
  if (amount === 0) return chartWords().nothing(name, drawnAs);
  return chartWords().summary(name, drawnAs, names, { amount, low: heightText(low), high: heightText(high) });
}
