import { expect, test } from "vitest";
import type { Segment } from "../../src/contract/value.ts";
import { Peaks, scaleOf } from "../../src/media/peaks.ts";

test("peaks of a growing stream are the loudest between two moments, and null where nothing is known", () => {
  const peaks = new Peaks();
  const first: Segment = [0, 0.1, [10, 90]];
  peaks.update([first]);
  expect([peaks.between(0, 0.05), peaks.between(0, 0.1), peaks.between(0.1, 0.2)]).toEqual([0.1, 0.9, null]);
  peaks.update([first, [0.1, 0.1, [50, 0]]]);
  expect([peaks.between(0.05, 0.2), peaks.between(0.15, 0.2), peaks.duration_s]).toEqual([0.9, 0, 0.2]);
});

test("segments that end between two peaks leave no hole", () => {
  const peaks = new Peaks();
  peaks.update([
    [0, 0.07, [60]],
    [0.07, 0.06, [70]],
    [0.13, 0.07, [80]],
  ]);
  expect([0, 0.05, 0.1, 0.15].map((at) => peaks.between(at, at + 0.05))).toEqual([0.6, 0.7, 0.8, 0.8]);
});

test("another stream begins with nothing of the last", () => {
  const peaks = new Peaks();
  peaks.update([
    [0, 0.05, [90]],
    [0.05, 0.05, [80]],
  ]);
  peaks.update([]);
  peaks.update([[0, 0.05, [7]]]);
  expect([peaks.between(0, 1), peaks.duration_s]).toEqual([0.07, 0.05]);
});

test("an hour's peaks are all there", () => {
  const peaks = new Peaks();
  peaks.update(
    Array.from({ length: 3600 }, (_, index): Segment => [index, 1, Array<number>(20).fill(index % 100)]),
  );
  expect([peaks.duration_s, peaks.between(99, 99.5), peaks.between(3599.5, 3600)]).toEqual([
    3600, 0.99, 0.99,
  ]);
});

test("a clip's samples of any number of channels give its peaks", () => {
  const peaks = new Peaks();
  peaks.measure([new Float32Array([0, 0.25, 0, 0]), new Float32Array([0, 0, 0, -1])], 40);
  expect([peaks.between(0, 0.05), peaks.between(0.05, 0.1), peaks.duration_s]).toEqual([0.25, 1, 0.1]);
});

test("the scale of a growing stream doubles, so that bars join in pairs, and fits a whole one exactly", () => {
  expect([0, 10, 10.1, 20, 50].map((end_s) => scaleOf(end_s, true))).toEqual([10, 10, 20, 20, 80]);
  expect(scaleOf(12.5, false)).toBe(12.5);
});
