import { expect, test } from "vitest";
import { missingFeatures, type FeatureScope } from "../src/features.ts";

const WHOLE: FeatureScope = {
  CSS: { supports: () => true },
  Array,
  AbortSignal: { timeout: () => undefined },
  ResizeObserver: Object,
  ReadableStream: Object,
  customElements: {},
};

test("a browser that has everything lacks nothing", () => {
  expect(missingFeatures(WHOLE)).toEqual([]);
});

test("what a browser lacks is named", () => {
  const { CSS, ResizeObserver, ...rest } = WHOLE;
  expect([typeof CSS, typeof ResizeObserver]).toEqual(["object", "function"]);
  expect(missingFeatures(rest)).toEqual(["light-dark()", "ResizeObserver"]);
  expect(missingFeatures({ Array: { prototype: {} } })).toHaveLength(7);
});
