/**
 * The part of an audio or video file that a visitor selects: the arithmetic behind two handles on one line.
 *
 * Times are in seconds; `endS` null is the end of the file. `longestS` is the most that the demo accepts: moving a
 * handle further than that moves the other one along.
 */
import type { Json } from "../contract/json.ts";

export interface Trim {
  readonly startS: number;
  readonly endS: number | null;
}

export interface Line {
  readonly lengthS: number;
  readonly longestS: number | null;
}

export const ALL: Trim = { startS: 0, endS: null };

/** A line has at most this many steps, unless a step would be shorter than a hundredth of a second. */
const STEPS = 300;
const STEP_SIZES_S = [0.01, 0.05, 0.1, 0.5, 1];

/** How far one press of an arrow key moves a handle. */
export function stepOf(lengthS: number): number {
  return STEP_SIZES_S.find((step) => lengthS / step <= STEPS) ?? 1;
}

/** The part that is selected at first: everything, or as much as the demo accepts. */
export function firstTrim({ lengthS, longestS }: Line): Trim {
  return longestS !== null && lengthS > longestS ? { startS: 0, endS: longestS } : ALL;
}

export function endOf({ endS }: Trim, lengthS: number): number {
  return Math.min(endS ?? lengthS, lengthS);
}

export function moveStart(trim: Trim, toS: number, line: Line): Trim {
  const { lengthS, longestS } = line;
  const step = Math.min(stepOf(lengthS), lengthS);
  const startS = clamp(toS, 0, lengthS - step);
  const endS = Math.max(endOf(trim, lengthS), startS + step);
  return made(startS, longestS === null ? endS : Math.min(endS, startS + longestS), line);
}

export function moveEnd(trim: Trim, toS: number, line: Line): Trim {
  const { lengthS, longestS } = line;
  const step = Math.min(stepOf(lengthS), lengthS);
  const endS = clamp(toS, step, lengthS);
  const startS = Math.min(trim.startS, endS - step);
  return made(longestS === null ? startS : Math.max(startS, endS - longestS), endS, line);
}

/** The input's value for a part of an upload. */
export function valueOf(file: string, { startS, endS }: Trim): Json {
  return {
    file,
    ...(startS > 0 ? { start_s: startS } : {}),
    ...(endS === null ? {} : { end_s: endS }),
  };
}

export function isAll({ startS, endS }: Trim): boolean {
  return startS === 0 && endS === null;
}

/** 1:05.3, or hundredths on a short line. */
export function clockTime(timeS: number, lengthS: number): string {
  const digits = stepOf(lengthS) < 0.1 ? 2 : 1;
  const rounded = Number(timeS.toFixed(digits));
  const minutes = Math.floor(rounded / 60);
  const seconds = (rounded - minutes * 60).toFixed(digits);
  return `${minutes}:${seconds.padStart(digits + 3, "0")}`;
}

function made(startS: number, endS: number, { lengthS }: Line): Trim {
  return {
    startS: round(Math.max(0, startS)),
    endS: endS >= lengthS - stepOf(lengthS) / 2 ? null : round(endS),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** To milliseconds: further digits of a float are noise. */
function round(timeS: number): number {
  return Math.round(timeS * 1000) / 1000;
}
