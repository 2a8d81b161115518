/**
 * What a stream's buffer needs next: pure decisions, made again whenever something has changed.
 *
 *     played, kept      position        fetched ahead          known, not fetched yet
 *     ──────────────────────|══════════════════════════|┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
 */
import type { Segment } from "../contract/value.ts";
import { endOf, segmentAt } from "./timeline.ts";
import type { Span } from "./types.ts";

/** How much is fetched before it is played: a minute bridges a bad tunnel and fits every browser's buffer. */
export const AHEAD_S = 60;
/** What was played is kept for this long, to seek back to; what is older is fetched again when it is wanted. */
export const KEEP_S = 30;
/** Evicting a little at a time would be work at every change of the position. */
const SLACK_S = 10;

export interface BufferView {
  readonly segments: readonly Segment[];
  readonly position_s: number;
  readonly ahead_s: number;
  readonly has: (index: number) => boolean;
}

/** The first segment that will be played, should be fetched by now and is not there; null for none. */
export function firstMissing({ segments, position_s, ahead_s, has }: BufferView): number | null {
  for (let index = segmentAt(segments, position_s); index < segments.length; index += 1) {
    const start_s = segments[index]?.[0] ?? 0;
    if (start_s > position_s + ahead_s) return null;
    if (!has(index)) return index;
  }
  return null;
}

export interface FetchWindow {
  readonly from: number;
  readonly most: number;
  /** Segments up to this one are fetched even if the buffer has them. */
  readonly through: number;
}

/** The segments that may be fetched at once, in their order. */
export function fetchable(view: BufferView, { from, most, through }: FetchWindow): readonly number[] {
  const indices: number[] = [];
  for (let index = from; index < view.segments.length && indices.length < most; index += 1) {
    const start_s = view.segments[index]?.[0] ?? 0;
    if (index > from && start_s > view.position_s + view.ahead_s) break;
    if (index > through && view.has(index)) break;
    indices.push(index);
  }
  return indices;
}

export interface Eviction {
  readonly position_s: number;
  readonly buffered: readonly Span[];
  readonly keep_s: number;
  readonly ahead_s: number;
  /**
   * The latest moment up to a given one where decoding can start. By the rules of Media Source, removing up to any
   * other moment also removes everything up to the next such moment: perhaps what is playing.
   */
  readonly keyBefore: (time_s: number) => number | null;
}

/** What to remove from the buffer now; null for nothing. */
export function evictable({ position_s, buffered, keep_s, ahead_s, keyBefore }: Eviction): Span | null {
  const first = buffered[0];
  const last = buffered.at(-1);
  if (first === undefined || last === undefined) return null;
  const until = keyBefore(position_s - keep_s);
  if (until !== null && until - first.from_s > Math.min(SLACK_S, keep_s / 2)) {
    return { from_s: 0, to_s: until };
  }
  // Left over from before a seek backwards.
  const beyond = position_s + ahead_s + KEEP_S;
  return last.to_s > beyond + SLACK_S ? { from_s: beyond, to_s: Infinity } : null;
}

/** How much can be played from the position without anything more arriving. */
export function bufferedAhead(buffered: readonly Span[], position_s: number): number {
  const here = buffered.find(({ from_s, to_s }) => from_s <= position_s + GAP_S && to_s > position_s);
  return here === undefined ? 0 : here.to_s - position_s;
}

/** Where to continue when the server dropped what is next; null when it is there, or nothing will be. */
export function afterGap(buffered: readonly Span[], position_s: number): number | null {
  if (bufferedAhead(buffered, position_s) > DRY_S) return null;
  return buffered.find(({ from_s }) => from_s > position_s)?.from_s ?? null;
}

/** Chromium stops about 0.12 s before the end of what it has. */
export const DRY_S = 0.15;

/** A player passes a gap as small as a rounded sample by itself. */
const GAP_S = 0.02;

/** How far behind the newest segment a player is. */
export function behindLive(segments: readonly Segment[], position_s: number): number {
  return Math.max(0, endOf(segments) - position_s);
}
