import { expect, test } from "vitest";
import { nearestPlace, nextPlace } from "../../../src/components/chart/near.ts";
import { alignPoints } from "../../../src/components/chart/points.ts";

const POINTS = alignPoints({
  x: "x",
  y: ["a", "b"],
  color: null,
  rows: [[0, 1, 9], [1, null, null], [2, 5, null]], // prettier-ignore
});
const NONE: ReadonlySet<string> = new Set();
const placeOf = (x: number, height: number): { left: number; top: number } => ({
  left: x * 10,
  top: height * 10,
});

test("the place nearest along x is meant, or the nearest dot", () => {
  const pointer = { left: 11, top: 95 };
  expect(nearestPlace(POINTS, pointer, { isFree: false, hidden: NONE, placeOf })).toBe(2);
  expect(nearestPlace(POINTS, pointer, { isFree: true, hidden: NONE, placeOf })).toBe(0);
  expect(nearestPlace(POINTS, pointer, { isFree: true, hidden: new Set(["b"]), placeOf })).toBe(2);
  expect(nearestPlace(POINTS, pointer, { isFree: true, hidden: new Set(["a", "b"]), placeOf })).toBeNull();
});

test("keys lead from point to point, over gaps, and stop at the ends", () => {
  expect(nextPlace(POINTS, null, 1, NONE)).toBe(0);
  expect(nextPlace(POINTS, 0, 1, NONE)).toBe(2);
  expect(nextPlace(POINTS, 2, 1, NONE)).toBe(2);
  expect(nextPlace(POINTS, null, -1, NONE)).toBe(2);
  expect(nextPlace(POINTS, null, -1, new Set(["a"]))).toBe(0);
});
