import { expect, test } from "vitest";
import { backoffMs } from "../../src/transport/backoff.ts";

test("waiting doubles up to ten seconds and is never less than half of it", () => {
  expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, () => 1))).toEqual([250, 500, 1000, 2000]);
  expect(backoffMs(0, () => 0)).toBe(125);
  expect(backoffMs(40, () => 1)).toBe(10_000);
});
