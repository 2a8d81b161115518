/** Positions in a stream's segments, and where playback starts. */
import type { Segment } from "../contract/value.ts";

/** After this, a late visitor is more interested in what happens now. */
const SHORT_S = 30;
/** How many of the newest segments decide how far from the edge to play. */
const NEWEST = 8;
/** Closer to the edge than this, a player stalls at once. */
const SHORTEST_LAG_S = 1;

type Segments = readonly Segment[];

export function endOf(segments: Segments): number {
  const last = segments.at(-1);
  return last === undefined ? 0 : last[0] + last[1];
}

/** The index of the segment that a moment is in: the last that starts at or before it; 0 in an empty list. */
export function segmentAt(segments: Segments, time_s: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.[0] ?? 0) <= time_s + ROUNDING_S) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** A player rounds its time to microseconds. */
const ROUNDING_S = 0.000_002;

/** The position of "live": close to the edge, but far enough for the next segment to arrive in time. */
export function liveMoment(segments: Segments): number {
  const longest = Math.max(0, ...segments.slice(-NEWEST).map(([, duration_s]) => duration_s));
  return Math.max(0, endOf(segments) - Math.max(SHORTEST_LAG_S, 2 * longest));
}

/** Where playback starts: at 0, or at the live position of a long stream that was running before. */
export function joinMoment(segments: Segments, isLate: boolean): number {
  return isLate && endOf(segments) > SHORT_S ? liveMoment(segments) : 0;
}
