/** Numbers as text: never rounded to something that they are not. */
import { words } from "../../words.ts";

/** Below this and from `LARGE` on, a number is written with an exponent: many zeros cannot be counted. */
const SMALL = 1e-6;
const LARGE = 1e21;

/**
 * A number in the reader's own form, with so many decimal places; without `places` with six, and below 1 with six
 * significant digits. A whole number keeps all of its digits.
 */
export function formatNumber(value: number | bigint, places: number | null): string {
  if (typeof value === "number" && (Math.abs(value) >= LARGE || !Number.isFinite(value)))
    return String(value);
  if (places !== null)
    return inWords(value, { minimumFractionDigits: places, maximumFractionDigits: places });
  if (typeof value === "bigint" || Number.isInteger(value)) return inWords(value, {});
  const size = Math.abs(value);
  if (size < SMALL) return String(Number(value.toPrecision(6)));
  return inWords(value, size < 1 ? { maximumSignificantDigits: 6 } : { maximumFractionDigits: 6 });
}

function inWords(value: number | bigint, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(words.figures.locale, options).format(value);
}
