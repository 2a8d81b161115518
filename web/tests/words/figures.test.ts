import { expect, test } from "vitest";
import { countingIn, figuresIn } from "../../src/words/figures.ts";
import { words } from "../../src/words.ts";

const { figures } = words;
const german = figuresIn("de", { second: " s", minute: " min", millisecond: " ms", percent: " %" });

test("lengths of clips are written as people say them", () => {
  expect([2.5, 0.05, 12.34, 60, 192].map((length_s) => figures.length(length_s))).toEqual([
    "2.5 s",
    "0.05 s",
    "12.3 s",
    "1 min",
    "3 min 12 s",
  ]);
});

test("times are written with as many digits as they need", () => {
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

test("sizes are written in the unit that fits", () => {
  expect([12, 1_240, 999_400, 999_600, 3_400_000, 34_000_000].map((size) => figures.bytes(size))).toEqual([
    "12 bytes",
    "1.2 kB",
    "999 kB",
    "1 MB",
    "3.4 MB",
    "34 MB",
  ]);
});

test("places in a queue are written as they are spoken", () => {
  expect([2, 3, 4, 11, 12, 13, 21, 22, 111].map((position) => words.run.inLine(position))).toEqual(
    "2nd 3rd 4th 11th 12th 13th 21st 22nd 111th".split(" ").map((place) => `${place} in line`),
  );
});

test("another language writes figures in its own way", () => {
  expect(german.seconds(2.5)).toBe("2,5 s");
  expect(german.share(0.0012, 2)).toBe("0,12 %");
  expect(german.spoken(3_661)).toBe("1 Stunde 1 Minute 1 Sekunde");
});

test("a phrase is chosen by the number, which stands in it as the language writes it", () => {
  const counted = countingIn<"one" | "other">("de");
  const forms = { one: "# Wort", other: "# Wörter" };
  expect([0, 1, 2, 1_234].map((amount) => counted(amount, forms))).toEqual([
    "0 Wörter",
    "1 Wort",
    "2 Wörter",
    "1.234 Wörter",
  ]);
});
