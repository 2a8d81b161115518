import { expect, test } from "vitest";
import { words } from "../src/words.ts";

test("lengths of clips are written as people say them", () => {
  expect([2.5, 0.05, 12.34, 60, 192].map((length_s) => words.clip.duration(length_s))).toEqual([
    "2.5 s",
    "0.05 s",
    "12.3 s",
    "1 min",
    "3 min 12 s",
  ]);
});
