import { describe, expect, test } from "vitest";
import { heightText, momentTicks, placeText, tickTexts } from "../../../src/components/chart/ticks.ts";

const LINEAR = { type: "linear" } as const;
const MOMENTS = { type: "moments" } as const;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function at(...parts: [number, number, number?, number?, number?]): number {
  return new Date(parts[0], parts[1], parts[2] ?? 1, parts[3] ?? 0, parts[4] ?? 0).getTime();
}

test("numbers have the decimals that tell them apart", () => {
  expect(tickTexts([0, 0.05, 0.1], 0.05, LINEAR)).toEqual(["0", "0.05", "0.1"]);
  expect(tickTexts([1000, 2000], 1000, LINEAR)).toEqual(["1,000", "2,000"]);
  expect(tickTexts([0, 2_500_000], 2_500_000, LINEAR)).toEqual(["0", "2.5M"]);
  expect(tickTexts([0.000_02], 0.000_02, LINEAR)).toEqual(["2E-5"]);
});

test("categories are shortened to the space between them", () => {
  const axis = { type: "categories", names: ["tea", "Londonderry"] } as const;
  expect(tickTexts([0, 1, 2], 1, axis)).toEqual(["tea", "Londonderry", ""]);
  expect(tickTexts([0, 1], 1, axis, 50)).toEqual(["tea", "Londo…"]);
});

describe("ticks of moments", () => {
  test.each([
    [at(2020, 5), at(2024, 1), 365 * DAY_MS, [at(2021, 0), at(2022, 0), at(2023, 0), at(2024, 0)]],
    [at(2024, 0, 15), at(2024, 6, 1), 90 * DAY_MS, [at(2024, 3), at(2024, 6)]],
    [at(2024, 1, 28, 5), at(2024, 2, 1, 5), DAY_MS, [at(2024, 1, 29), at(2024, 2, 1)]],
    [at(2024, 1, 28, 5), at(2024, 1, 28, 19), 6 * HOUR_MS, [at(2024, 1, 28, 6), at(2024, 1, 28, 12), at(2024, 1, 28, 18)]], // prettier-ignore
  ])("begin with the reader's years, months, days and hours", (from, to, step, ticks) => {
    expect(momentTicks(from, to, step)).toEqual(ticks);
  });

  test("of several days stay where they are while the window moves", () => {
    const one = momentTicks(at(2024, 1, 1), at(2024, 2, 1), 7 * DAY_MS);
    const next = momentTicks(at(2024, 1, 3), at(2024, 2, 3), 7 * DAY_MS);
    expect(one.filter((tick) => tick >= at(2024, 1, 3))).toEqual(
      next.filter((tick) => tick <= at(2024, 2, 1)),
    );
  });

  test("say as much of a moment as differs", () => {
    const moments = [at(2024, 1, 29), at(2024, 1, 29, 12, 30)];
    expect(tickTexts(moments, 365 * DAY_MS, MOMENTS)).toEqual(["2024", "2024"]);
    expect(tickTexts(moments, 30 * DAY_MS, MOMENTS)).toEqual(["Feb 2024", "Feb 2024"]);
    expect(tickTexts(moments, HOUR_MS, MOMENTS)).toEqual(["29 Feb", "12:30"]);
    expect(tickTexts(moments, 1000, MOMENTS)).toEqual(["29 Feb", "12:30:00"]);
  });
});

test("a place and a height are said in full", () => {
  expect(placeText(at(2024, 1, 29), MOMENTS, true)).toBe("29 Feb 2024");
  expect(placeText(at(2024, 1, 29, 12, 30), MOMENTS, false)).toBe("29 Feb 2024, 12:30:00");
  expect(placeText(1, { type: "categories", names: ["a", "b"] }, false)).toBe("b");
  expect([1_234_567, 0.123_456_789, 0.000_01, 0].map(heightText)).toEqual([
    "1,234,567",
    "0.123457",
    "1E-5",
    "0",
  ]);
});
