import { describe, expect, test } from "vitest";
import { STUCK_AFTER_MS, stallOf, TOLD_AFTER_MS, type Standing } from "../../src/media/stall.ts";

const STANDING: Standing = {
  stood_ms: TOLD_AFTER_MS,
  hasBegun: true,
  isOver: false,
  ready_s: 0,
  missing_s: 0,
};
const LONG = { ...STANDING, stood_ms: STUCK_AFTER_MS };

describe("what a player that stands still is waiting for", () => {
  test.each([
    ["a short wait", { ...STANDING, stood_ms: TOLD_AFTER_MS - 1 }, "none"],
    ["a generator that sends nothing", STANDING, "more"],
    ["a generator that sends nothing for long", LONG, "more"],
    ["the end of a stream", { ...LONG, isOver: true }, "none"],
    ["a part on its way", { ...STANDING, missing_s: 1 }, "loading"],
    ["a part that takes long", { ...LONG, missing_s: 1 }, "loading"],
    ["a beginning that takes long", { ...LONG, missing_s: 1, hasBegun: false }, "late"],
    ["a browser that is about to play", { ...STANDING, ready_s: 6, missing_s: 1 }, "none"],
    ["a browser that waits for a reserve", { ...LONG, ready_s: 1 }, "more"],
    ["a browser that does not play what it has", { ...LONG, ready_s: 6 }, "stuck"],
    ["a browser that does not play the end", { ...LONG, ready_s: 1, isOver: true }, "stuck"],
    ["a browser that does not begin", { ...LONG, ready_s: 1, hasBegun: false, isOver: true }, "stuck"],
  ] as const)("%s", (_, standing, stall) => {
    expect(stallOf(standing)).toBe(stall);
  });
});
