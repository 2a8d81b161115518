/** What stands at an axis, and beside a point: numbers, moments and categories as text. */
import { words } from "../../words.ts";
import type { Axis } from "./points.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MONTH_MS = 28 * DAY_MS;
const YEAR_MS = 365 * DAY_MS;

/** From here on zeros are no longer counted. */
const LARGE = 1e6;
const SMALL = 1e-4;

/** The width of most characters at an axis. */
const CHARACTER_PX = 6.8;

/** The steps between the ticks of moments: round in hours, days and months. */
export const MOMENT_STEPS: readonly number[] = [
  ...[1, 5, 10, 50, 100, 500],
  ...[1, 5, 10, 30].map((each) => each * SECOND_MS),
  ...[1, 5, 10, 30, 60, 120, 360, 720].map((each) => each * MINUTE_MS),
  ...[1, 2, 7, 14].map((each) => each * DAY_MS),
  ...[1, 2, 3, 6].map((each) => each * 30 * DAY_MS),
  ...[1, 2, 5, 10, 25, 50, 100].map((each) => each * YEAR_MS),
];

/** The ticks of moments, at the beginning of years, months, days and hours of the reader's own clock. */
export function momentTicks(from_ms: number, to_ms: number, step_ms: number): readonly number[] {
  const first = new Date(from_ms);
  const [year, month] = [first.getFullYear(), first.getMonth()];
  if (step_ms >= YEAR_MS) {
    const years = Math.round(step_ms / YEAR_MS);
    return ticksOf(from_ms, to_ms, (count) => new Date((Math.floor(year / years) + count) * years, 0));
  }
  if (step_ms >= MONTH_MS) {
    const months = Math.round(step_ms / (30 * DAY_MS));
    return ticksOf(from_ms, to_ms, (count) => new Date(year, (Math.floor(month / months) + count) * months));
  }
  if (step_ms >= DAY_MS) {
    const days = Math.round(step_ms / DAY_MS);
    const behind = Math.floor(new Date(year, month, first.getDate(), 12).getTime() / DAY_MS) % days;
    return ticksOf(from_ms, to_ms, (count) => new Date(year, month, first.getDate() - behind + count * days));
  }
  const midnight = new Date(from_ms).setHours(0, 0, 0, 0);
  const skipped = Math.ceil((from_ms - midnight) / step_ms);
  return ticksOf(from_ms, to_ms, (count) => new Date(midnight + (skipped + count) * step_ms));
}

function ticksOf(from_ms: number, to_ms: number, nth: (count: number) => Date): readonly number[] {
  const found: number[] = [];
  for (let count = 0; nth(count).getTime() <= to_ms; count += 1) {
    const tick = nth(count).getTime();
    if (tick >= from_ms) found.push(tick);
  }
  return found;
}

/** The texts of all ticks, which are `step` and so many pixels apart. */
export function tickTexts(
  ticks: readonly number[],
  step: number,
  axis: Axis,
  space_px = Infinity,
): readonly string[] {
  if (axis.type === "categories") return ticks.map((at) => shortened(axis.names[at] ?? "", space_px));
  return ticks.map((at) => (axis.type === "moments" ? momentText(at, step) : numberText(at, step, ticks)));
}

function shortened(name: string, space_px: number): string {
  const most = Math.max(3, Math.floor(space_px / CHARACTER_PX) - 1);
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

function numberText(value: number, step: number, all: readonly number[]): string {
  const largest = Math.max(...all.map(Math.abs));
  if (largest >= LARGE) return words.figures.compact(value);
  if (step < SMALL) return written(value, { notation: "scientific", maximumSignificantDigits: 3 });
  return written(value, { maximumFractionDigits: Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)) + 1 });
}

function written(value: number, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(words.figures.locale, options).format(value);
}

function momentText(at_ms: number, step_ms: number): string {
  if (step_ms >= YEAR_MS) return moment(at_ms, { year: "numeric" });
  if (step_ms >= MONTH_MS) return moment(at_ms, { month: "short", year: "numeric" });
  const isMidnight = new Date(at_ms).setHours(0, 0, 0, 0) === at_ms;
  if (step_ms >= DAY_MS || isMidnight) return moment(at_ms, { day: "numeric", month: "short" });
  const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  if (step_ms >= MINUTE_MS) return moment(at_ms, clock);
  const fraction = step_ms >= SECOND_MS ? {} : ({ fractionalSecondDigits: 3 } as const);
  return moment(at_ms, { ...clock, second: "2-digit", ...fraction });
}

function moment(at_ms: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(words.figures.locale, options).format(at_ms);
}

/** One place on the axis, in full. */
export function placeText(at: number, axis: Axis, isWholeDays: boolean): string {
  if (axis.type === "categories") return axis.names[at] ?? "";
  if (axis.type === "linear") return heightText(at);
  return moment(at, { dateStyle: "medium", ...(isWholeDays ? {} : { timeStyle: "medium" }) });
}

/** One height, in full. */
export function heightText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < SMALL))
    return written(value, { notation: "scientific", maximumSignificantDigits: 6 });
  return written(value, {
    maximumSignificantDigits: 6,
    roundingPriority: "morePrecision",
    maximumFractionDigits: 0,
  });
}
