/** What a player is waiting for when it plays and its position stands still. */
import { DRY_S } from "./buffer-policy.ts";

/** Shorter waits are usual, and explained by the clock that stands. */
export const TOLD_AFTER_MS = 3_000;
/** A browser that has what it needs begins within a fraction of this. */
export const STUCK_AFTER_MS = 10_000;

/** After it ran dry, a browser waits until there is a reserve again, of up to 3 s in Chromium. */
const RESERVE_S = 5;

/**
 *     more      too little is left to play on, and the generator has not sent the next part
 *     loading   the next part was announced, and has not arrived
 *     late      the beginning has not arrived, or the browser does not open it
 *     stuck     there is something to play, and the browser does not play it
 */
export type Stall = "none" | "more" | "loading" | "late" | "stuck";

export interface Standing {
  readonly stood_ms: number;
  readonly hasBegun: boolean;
  /** Nothing more will be announced. */
  readonly isOver: boolean;
  /** What can be played from the position on. */
  readonly ready_s: number;
  /** What was announced behind that. */
  readonly missing_s: number;
}

export function stallOf({ stood_ms, hasBegun, isOver, ready_s, missing_s }: Standing): Stall {
  if (stood_ms < TOLD_AFTER_MS) return "none";
  const isLong = stood_ms >= STUCK_AFTER_MS;
  if (ready_s > (isOver ? DRY_S : RESERVE_S)) return isLong ? "stuck" : "none";
  if (missing_s > DRY_S) return isLong && !hasBegun ? "late" : "loading";
  return isOver ? "none" : "more";
}
