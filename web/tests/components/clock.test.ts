import { expect, test } from "vitest";
import { clock, spoken } from "../../src/components/media/clock.ts";

test("moments are written as clocks write them", () => {
  expect([0, 9.99, 59.9995, 65, 3600, 36_061].map(clock)).toEqual([
    "0:00",
    "0:09",
    "1:00",
    "1:05",
    "1:00:00",
    "10:01:01",
  ]);
});

test("moments are read aloud in words", () => {
  expect([0, 1, 62, 120, 3_661].map(spoken)).toEqual([
    "0 seconds",
    "1 second",
    "1 minute 2 seconds",
    "2 minutes",
    "1 hour 1 minute 1 second",
  ]);
});
