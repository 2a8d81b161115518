import { expect, test } from "vitest";
import type { Json } from "../../../src/contract/json.ts";
import { alignPoints, asRows, chart, type Chart } from "../../../src/components/chart/points.ts";

function of(rows: readonly Json[], more: Partial<Chart> = {}): Chart {
  return { x: "x", y: ["y"], color: null, rows, ...more };
}

test("points keep their order along x, and gaps are kept", () => {
  const found = alignPoints(of([[2, 5], [1, null], [3, 7]])); // prettier-ignore
  expect(found.axis).toEqual({ type: "linear" });
  expect(found.xs).toEqual([1, 2, 3]);
  expect(found.series).toEqual([{ name: "y", heights: [null, 5, 7] }]);
});

test("series of colours share their places on x", () => {
  const rows = [[1, 5, "a"], [1, 6, "b"], [2, 7, "b"], [3, 8, null]]; // prettier-ignore
  expect(alignPoints(of(rows, { color: "model" }))).toMatchObject({
    xs: [1, 2, 3],
    series: [
      { name: "a", heights: [5, undefined, undefined] },
      { name: "b", heights: [6, 7, undefined] },
      { name: "y", heights: [undefined, undefined, 8] },
    ],
  });
});

test("several points of one series at one x are all drawn", () => {
  const found = alignPoints(of([[1, 5], [1, 6], [2, 7]])); // prettier-ignore
  expect(found.xs).toEqual([1, 1, 2]);
  expect(found.series[0]?.heights).toEqual([5, 6, 7]);
});

test("columns of y are series, named with the colour if there is one", () => {
  expect(alignPoints(of([[1, 5, 6]], { y: ["a", "b"] })).series.map(({ name }) => name)).toEqual(["a", "b"]);
  const colored = alignPoints(of([[1, 5, 6, "m"]], { y: ["a", "b"], color: "model" }));
  expect(colored.series.map(({ name }) => name)).toEqual(["m, a", "m, b"]);
});

test("days and moments are those of the reader's clock, or of their own time zone", () => {
  const days = alignPoints(of([["2024-02-29", 1], ["2024-03-01", 2]])); // prettier-ignore
  expect(days.axis).toEqual({ type: "moments" });
  expect(days.xs).toEqual([new Date(2024, 1, 29).getTime(), new Date(2024, 2, 1).getTime()]);
  const moments = alignPoints(of([["2024-02-29 12:30", 1], ["2024-02-29T12:30:01+00:00", 2]])); // prettier-ignore
  expect(new Set(moments.xs)).toEqual(
    new Set([new Date(2024, 1, 29, 12, 30).getTime(), Date.UTC(2024, 1, 29, 12, 30, 1)]),
  );
});

test("other texts are categories, in the order in which they came", () => {
  const found = alignPoints(of([["tea", 1], ["ale", 2], ["tea", 3], [null, 4]])); // prettier-ignore
  expect(found.axis).toEqual({ type: "categories", names: ["tea", "ale"] });
  expect(found.xs).toEqual([0, 0, 1]);
  expect(found.series[0]?.heights).toEqual([1, 3, 2]);
});

test("what is no row and no number is left out", () => {
  expect(alignPoints(of(["odd", [1, "high"]])).series).toEqual([{ name: "y", heights: [null] }]);
  expect(alignPoints(of([])).xs).toEqual([]);
});

test("a value of another shape does not fit", () => {
  for (const value of [null, 5, [], { rows: 5 }, { x: 1, y: ["y"], color: null, rows: [] }])
    expect(() => chart(value, "value")).toThrow();
});

test("the rows of a table have the columns of the chart", () => {
  expect(asRows(of([[1, 2, "a"]], { color: "c" }), "row")).toEqual({
    columns: ["x", "y", "c"],
    rows: [[1, 2, "a"]],
  });
  expect(asRows(of([], { x: null }), "row")).toEqual({ columns: ["row", "y"], rows: [] });
});
