/** Words about charts, which come with what draws them. */
import { countingIn } from "../figures.ts";

const phrase = countingIn<"one" | "other">("en-GB");

export const englishChart = {
  legend: "Colours",
  asTable: "Show as a table",
  /** The heading of rows that are only counted. */
  counted: "row",
  kinds: { line: "Line chart", bar: "Bar chart", area: "Area chart", scatter: "Scatter chart" },
  nothing: (name: string, kind: string) => `${name}. ${kind} without points.`,
  summary: (
    name: string,
    kind: string,
    series: readonly string[],
    { amount, low, high }: { amount: number; low: string; high: string },
  ) =>
    `${name}. ${kind} of ${series.join(", ")}: ${phrase(amount, { one: "# point", other: "# points" })}, from ${low} to ${high}. ` +
    "The arrow keys read one after the other.",
};

export type ChartWords = typeof englishChart;
