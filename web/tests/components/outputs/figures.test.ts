import { expect, test } from "vitest";
import { formatNumber } from "../../../src/components/outputs/figures.ts";

test.each([
  [2 / 3, null, "0.666667"],
  [1.234e-7, null, "1.234e-7"],
  [-1.23456789e-9, null, "-1.23457e-9"],
  [0.000012345678, null, "0.0000123457"],
  [0, null, "0"],
  [-0, null, "-0"],
  [12345.6789012, null, "12,345.678901"],
  [1e308, null, "1e+308"],
  [5e-324, null, "5e-324"],
  [9007199254740991, null, "9,007,199,254,740,991"],
  [9223372036854775809n, null, "9,223,372,036,854,775,809"],
  [2n ** 70n, 2, "1,180,591,620,717,411,303,424.00"],
  [1e21, 2, "1e+21"],
  [5, 1, "5.0"],
  [1e-9, 2, "0.00"],
] as readonly (readonly [number | bigint, number | null, string])[])(
  "%s with %s places",
  (value, places, text) => {
    expect(formatNumber(value, places)).toBe(text);
  },
);
