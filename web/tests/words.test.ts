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

test("figures are written as they are spoken", () => {
  const { figures } = words;
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 111].map((position) => figures.ordinal(position))).toEqual(
    "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 111th".split(" "),
  );
  expect([0.04, 9.96, 45.4, 119.6].map((duration_s) => figures.seconds(duration_s))).toEqual([
    "0.0 s",
    "10.0 s",
    "45 s",
    "2 min 00 s",
  ]);
  expect([2, 2.5, 120].map((duration_s) => figures.roundSeconds(duration_s))).toEqual([
    "2 s",
    "2.5 s",
    "2 min 00 s",
  ]);
});
