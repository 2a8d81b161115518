/** What a player plays: a stream that may still grow, or a whole clip. Read from an output's value. */
import { absolute, blobPath, streamPath } from "../client/address.ts";
import type { Json } from "../contract/json.ts";
import { blob, readValue, stream, type Segment } from "../contract/value.ts";

export interface StreamPlayable {
  readonly kind: "stream";
  readonly run: string;
  /** Differs for everything that is loaded separately. */
  readonly id: string;
  readonly folder: string;
  readonly mime: string;
  readonly timescale: number;
  readonly segments: readonly Segment[];
}

export interface ClipPlayable {
  readonly kind: "clip";
  readonly run: string;
  readonly id: string;
  readonly address: string;
  readonly mime: string;
  /** In bytes. */
  readonly size: number;
  readonly duration_s: number | null;
}

export type Playable = StreamPlayable | ClipPlayable;

/** What one output has to play at this moment. */
export interface Playback {
  /** Null while there is nothing to play yet. */
  readonly playable: Playable | null;
  /** The most likely type of a stream that is about to start; null when none is expected. */
  readonly expectedMime: string | null;
  /** No more segments will come. */
  readonly isOver: boolean;
  /** Nothing can arrive now, because the page has no connection. */
  readonly isDisconnected: boolean;
  /** The run was active before this page followed it. */
  readonly isLate: boolean;
  /** Play as soon as possible. */
  readonly isWanted: boolean;
}

export const NOTHING_TO_PLAY: Playback = {
  playable: null,
  expectedMime: null,
  isOver: false,
  isDisconnected: false,
  isLate: false,
  isWanted: false,
};

/** Null for no value, and for a value that is neither. */
export function playableOf(value: Json, run: string | null, output: string): Playable | null {
  if (run === null) return null;
  const found = readValue(stream, value);
  if (found !== null) {
    const { mime, timescale, segments } = found;
    const folder = absolute(streamPath(run, output));
    return { kind: "stream", run, id: folder, folder, mime, timescale, segments };
  }
  const clip = readValue(blob, value);
  if (clip === null) return null;
  const address = absolute(blobPath(run, clip.blob));
  const { mime, size, duration_s } = clip;
  return { kind: "clip", run, id: address, address, mime, size, duration_s };
}
