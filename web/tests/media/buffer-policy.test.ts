import { describe, expect, test } from "vitest";
import type { Segment } from "../../src/contract/value.ts";
import {
  afterGap,
  behindLive,
  evictable,
  firstMissing,
  bufferedAhead,
} from "../../src/media/buffer-policy.ts";
import { endOf, joinMoment, liveMoment, segmentAt } from "../../src/media/timeline.ts";

/** Of uneven length, as they come. */
const SEGMENTS: readonly Segment[] = [
  [0, 0.1, []],
  [0.1, 0.9, []],
  [1, 0.5, []],
  [1.5, 1, []],
];
const WHOLE = Array.from({ length: 100 }, (_, index): Segment => [index, 1, []]);

describe("the segment of a moment", () => {
  test("is the last that has begun", () => {
    expect([-1, 0, 0.05, 0.1, 0.999, 1, 2.4, 99].map((time) => segmentAt(SEGMENTS, time))).toEqual([
      0, 0, 0, 1, 1, 2, 3, 3,
    ]);
  });

  test("is the next one where a player has rounded its time down", () => {
    expect(segmentAt(SEGMENTS, 0.999_999)).toBe(2);
  });

  test("is the first in a stream that has none yet", () => {
    expect([segmentAt([], 3), endOf([]), liveMoment([])]).toEqual([0, 0, 0]);
  });
});

describe("where a player begins", () => {
  test("who started the run hears it from its start, however long it is", () => {
    expect(joinMoment(WHOLE, false)).toBe(0);
  });

  test("who comes late begins near the edge of a long stream, and at the start of a short one", () => {
    expect(joinMoment(WHOLE, true)).toBe(98);
    expect(joinMoment(WHOLE.slice(0, 20), true)).toBe(0);
  });
});

describe("what is missing first", () => {
  const view = (position_s: number, held: readonly number[], ahead_s = 60): number | null =>
    firstMissing({ segments: WHOLE, position_s, ahead_s, has: (index) => held.includes(index) });

  test("is at the position or after it, never before", () => {
    expect(view(0, [])).toBe(0);
    expect(view(5.5, [])).toBe(5);
    expect(view(5.5, [5, 6, 8])).toBe(7);
  });

  test("is nothing when what is held reaches far enough", () => {
    expect(view(0, [0, 1, 2], 2.5)).toBe(null);
    expect(view(99, [99])).toBe(null);
  });
});

describe("what to remove", () => {
  const span = (position_s: number, from_s: number, to_s: number, key: number | null): unknown =>
    evictable({
      position_s,
      buffered: [{ from_s, to_s }],
      keep_s: 30,
      ahead_s: 60,
      keyBefore: (time_s) => (key === null ? null : Math.min(key, time_s)),
    });

  test("nothing that was played lately, and not a little at a time", () => {
    expect(span(25, 0, 60, Infinity)).toBe(null);
    expect(span(39, 0, 60, Infinity)).toBe(null);
    expect(span(41, 0, 60, Infinity)).toEqual({ from_s: 0, to_s: 11 });
  });

  test("only up to where decoding can begin", () => {
    expect(span(60, 0, 90, 24)).toEqual({ from_s: 0, to_s: 24 });
    expect(span(60, 0, 90, null)).toBe(null);
  });

  test("what a seek backwards has left far ahead", () => {
    expect(span(0, 0, 200, null)).toEqual({ from_s: 90, to_s: Infinity });
    expect(span(0, 0, 95, null)).toBe(null);
  });
});

test("what is ready counts from the position to the next gap", () => {
  const buffered = [
    { from_s: 0, to_s: 2 },
    { from_s: 4, to_s: 9 },
  ];
  expect([0, 1.5, 3, 5].map((at) => bufferedAhead(buffered, at))).toEqual([2, 0.5, 0, 4]);
  expect([0, 1.9, 3, 9.5].map((at) => afterGap(buffered, at))).toEqual([null, 4, 4, null]);
  expect([behindLive(WHOLE, 99.5), behindLive(WHOLE, 120)]).toEqual([0.5, 0]);
});
