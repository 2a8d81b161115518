import { expect, test } from "vitest";
import { OpenPatience } from "../../src/transport/open-patience.ts";

test("dead connections are given up quickly, as many as a browser keeps, and a slow server is waited for", () => {
  const patience = new OpenPatience();
  const limits: number[] = [];
  for (let times = 0; times < 8; times += 1) {
    limits.push(patience.limit_ms);
    patience.giveUp();
  }
  expect(limits).toEqual([4_000, 4_000, 4_000, 4_000, 4_000, 4_000, 20_000, 20_000]);
  patience.opened();
  expect(patience.limit_ms).toBe(4_000);
});
