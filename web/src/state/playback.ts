/** What an output has to play, read from its run at each event, whether anything is drawn or not. */
import { member } from "../contract/json.ts";
import type { Medium } from "../contract/medium.ts";
import type { Output } from "../contract/output.ts";
import { expectedMime } from "../media/codecs.ts";
import { playableOf, type Playback } from "../media/playable.ts";
import type { Undo } from "../transport/types.ts";
import type { ShownValues } from "./shown-values.ts";
import type { Readable } from "./store.ts";
import { isActive, type TrackedRun } from "./tracked-run.ts";

/** An output whose values are streams or whole clips. */
export interface MediaOutput extends Output {
  readonly type: Medium;
  /** The audio codec of a stream; `auto` is the first one that the page plays. */
  readonly codec: Codec;
  /** The format in which a finished stream is downloaded. */
  readonly download: DownloadFormat;
  /** Play from the first fragment on, also when the visitor did not start the run. */
  readonly autoplay: boolean;
}

export type Codec = "auto" | "flac" | "opus" | "aac";
export type DownloadFormat = "wav" | "mp3" | "flac" | "mp4";

/** What shows values, and the runs that gave them. */
export interface Showing {
  readonly shown: Readable<ShownValues>;
  readonly tracked: Readable<unknown>;
  readonly isDisconnected: Readable<boolean>;
  trackedRun(action: string): TrackedRun | undefined;
}

/** Call `reader` with what there is to play, now and at every change. */
export function watchPlayback(
  runner: Showing,
  output: MediaOutput,
  reader: (playback: Playback) => void,
): Undo {
  const read = (): void => {
    reader(playbackOf(runner, output));
  };
  const undos = [runner.shown, runner.tracked, runner.isDisconnected].map((store) => store.subscribe(read));
  read();
  return () => {
    for (const undo of undos) undo();
  };
}

export function playbackOf(runner: Showing, output: MediaOutput): Playback {
  const { values, owners } = runner.shown.value;
  const { value, run } = member(values, output.name) ?? { value: null, run: null };
  const tracked = runner.trackedRun(member(owners, output.name) ?? "");
  const mine = tracked?.run === run ? tracked : undefined;
  const isStreamExpected = isActive(tracked) && output.streaming && output.updates === "append";
  return {
    playable: playableOf(value, run, output.name),
    expectedMime: isStreamExpected ? expectedMime(output.type, output.codec, window) : null,
    // A run that was replaced by another sends this page nothing more.
    isOver: mine === undefined || !isActive(mine),
    isDisconnected: runner.isDisconnected.value && isActive(mine),
    isLate: mine?.isResumed === true,
    isWanted: output.autoplay || (mine !== undefined && !mine.isResumed && !mine.isQuiet),
  };
}
