import { expect, test } from "vitest";
import {
  ALL,
  clockTime,
  endOf,
  firstTrim,
  isAll,
  moveEnd,
  moveStart,
  stepOf,
  valueOf,
  type Line,
  type Trim,
} from "../../src/state/trim.ts";

const FREE: Line = { lengthS: 10, longestS: null };
const BOUND: Line = { lengthS: 10, longestS: 3 };

test("a handle moves its own end, and the rest of the clip stays", () => {
  expect(moveStart(ALL, 2.5, FREE)).toEqual({ startS: 2.5, endS: null });
  expect(moveEnd({ startS: 2.5, endS: null }, 4, FREE)).toEqual({ startS: 2.5, endS: 4 });
  expect(moveStart({ startS: 2.5, endS: 4 }, 0, FREE)).toEqual({ startS: 0, endS: 4 });
});

test("the end of the clip is the end of the file, however it is rounded", () => {
  expect(moveEnd({ startS: 0, endS: 4 }, 10, FREE)).toEqual(ALL);
  expect(moveEnd(ALL, 9.99, { lengthS: 10.0004, longestS: null })).toEqual(ALL);
  expect(isAll(moveStart(ALL, -1, FREE))).toBe(true);
});

test("a part is never empty: the handles push each other", () => {
  expect(moveStart({ startS: 0, endS: 4 }, 6, FREE)).toEqual({ startS: 6, endS: 6.05 });
  expect(moveEnd({ startS: 6, endS: 8 }, 2, FREE)).toEqual({ startS: 1.95, endS: 2 });
  expect(moveStart(ALL, 99, FREE)).toEqual({ startS: 9.95, endS: null });
  expect(moveEnd(ALL, -5, FREE)).toEqual({ startS: 0, endS: 0.05 });
});

test("what the demo takes at most is where a part begins, and what it keeps to", () => {
  expect(firstTrim(BOUND)).toEqual({ startS: 0, endS: 3 });
  expect(firstTrim({ lengthS: 3, longestS: 3 })).toEqual(ALL);
  expect(moveEnd({ startS: 0, endS: 3 }, 5, BOUND)).toEqual({ startS: 2, endS: 5 });
  expect(moveStart({ startS: 2, endS: 5 }, 1, BOUND)).toEqual({ startS: 1, endS: 4 });
});

test("wherever the handles are moved, the part is within the clip and within the bound", () => {
  for (const line of [FREE, BOUND, { lengthS: 0.02, longestS: null }, { lengthS: 4000, longestS: 60 }]) {
    let trim: Trim = firstTrim(line);
    for (let turn = 0; turn < 200; turn += 1) {
      const to = ((turn * 37) % 101) * 0.011 * line.lengthS;
      trim = turn % 3 === 0 ? moveStart(trim, to, line) : moveEnd(trim, to, line);
      const endS = endOf(trim, line.lengthS);
      expect(trim.startS).toBeGreaterThanOrEqual(0);
      expect(endS).toBeGreaterThan(trim.startS);
      expect(endS).toBeLessThanOrEqual(line.lengthS);
      if (line.longestS !== null) expect(endS - trim.startS).toBeLessThanOrEqual(line.longestS + 0.5);
    }
  }
});

test("a whole upload is named alone, a part with what is cut off", () => {
  expect(valueOf("id", ALL)).toEqual({ file: "id" });
  expect(valueOf("id", { startS: 1.5, endS: null })).toEqual({ file: "id", start_s: 1.5 });
  expect(valueOf("id", { startS: 0, endS: 4 })).toEqual({ file: "id", end_s: 4 });
});

test("steps grow with the clip, so that keys get somewhere", () => {
  expect([2, 10, 30, 100, 3600].map(stepOf)).toEqual([0.01, 0.05, 0.1, 0.5, 1]);
});

test("times are written as clocks write them", () => {
  expect(clockTime(65.34, 100)).toBe("1:05.3");
  expect(clockTime(1.5, 2)).toBe("0:01.50");
  expect(clockTime(59.97, 100)).toBe("1:00.0");
});
