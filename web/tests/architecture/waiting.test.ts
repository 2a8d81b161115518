/** Tests wait for what happens, not for a time: none of their limits is reached because a machine is busy. */
import { expect, test } from "vitest";
import { readTree } from "./imports.ts";

const HASTY = /\bvi\.wait(?:For|Until)\(|\bperformance\.now\(/;

test("tests wait with patience, and measure nothing", () => {
  const tree = readTree(new URL("..", import.meta.url).pathname);
  const found = [...tree].filter(([path, text]) => path !== "patience.ts" && HASTY.test(text));
  expect(found.map(([path]) => path)).toEqual([]);
  expect(HASTY.test(tree.get("patience.ts") ?? "")).toBe(true);
});
