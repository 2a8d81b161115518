/** A run's state in a few words, for the head of an output's card, the log and the announcement. */
import type { Progress } from "../contract/event.ts";
import type { PlaybackStats } from "../media/playback-stats.ts";
import { words } from "../words.ts";
import type { RunState } from "./run.ts";
import { isActive, type TrackedRun } from "./tracked-run.ts";

/** The whole line: what the run does now, how far it is, how long it took. `size` is how much an output has of it. */
export function describeRun(
  tracked: TrackedRun,
  size: string,
  now: number,
  stats: PlaybackStats | null = null,
  isDisconnected = false,
): string {
  const { state } = tracked;
  const played = state.status === "running" ? stats : null;
  if (tracked.refusal !== null) return words.run.notStarted;
  if (tracked.isLost) return dotted(words.run.lost, size);
  if (tracked.isStopWaiting && isActive(tracked)) return dotted(size, words.run.stopWaits);
  if (isDisconnected && isActive(tracked)) return dotted(size, words.run.connectionLost);
  if (tracked.run === null) return words.run.sending;
  switch (state.status) {
    case "queued":
      return describeQueue(state);
    case "starting":
      return dotted(
        state.usual_s === null
          ? words.run.starting
          : words.run.startingUsually(words.figures.seconds(state.usual_s)),
        state.reason,
      );
    case "running":
      return dotted(
        tracked.isStopping ? words.run.stopping : describeProgress(state) || size,
        played === null ? elapsed(tracked, now) : describeStats(played),
      );
    case "succeeded":
      return dotted(size, duration(state));
    case "failed":
      return dotted(words.run.failed, duration(state));
    case "canceled":
      return dotted(describeCancel(state), size, duration(state));
  }
}

/** One sentence when a run is over. */
export function describeEnd({ state, action, isLost }: TrackedRun): string {
  const { announcement } = words.run;
  if (isLost) return announcement.lost(action);
  const took = duration(state);
  const after = (what: string): string => (took === "" ? what : announcement.after(what, took));
  if (state.status === "failed")
    return announcement.because(after(announcement.failed(action)), state.ending?.message ?? "");
  if (state.status === "canceled") return after(announcement.canceled(action, describeCancel(state)));
  return after(announcement.finished(action));
}

function describeCancel(state: RunState): string {
  const canceledBy: Readonly<Record<string, string>> = words.run.canceled;
  return canceledBy[state.ending?.by ?? ""] ?? words.run.canceled.visitor;
}

function describeQueue({ position, eta_s }: RunState): string {
  const place = describePlace(position);
  return eta_s === null
    ? place
    : words.run.about(place, words.figures.roundSeconds(Math.max(1, Math.round(eta_s))));
}

function describePlace(position: number | null): string {
  if (position === null || position < 1) return words.run.waiting;
  return position === 1 ? words.run.nextInLine : words.run.inLine(position);
}

function describeProgress({ progress }: RunState): string {
  return progress === null ? "" : dotted(progress.description ?? "", describeStep(progress));
}

function describeStep({ index, total, unit, fraction }: Progress): string {
  if (index !== null && total !== null) return words.run.stepOf(unit, index, total);
  if (index !== null) return words.run.step(unit, index);
  return fraction === null ? "" : words.figures.percent(fraction);
}

/** How near what is played is to the newest; and how much is there to be played, where that may run out. */
function describeStats({ behind_s, ready_s }: PlaybackStats): string {
  const isLow = ready_s < LOW_S && behind_s - ready_s > ON_ITS_WAY_S;
  const behind = words.stream.behind(words.figures.seconds(behind_s));
  return dotted(behind, isLow ? words.stream.ready(words.figures.seconds(ready_s)) : "");
}

const LOW_S = 5;
/** The last segment is still on its way most of the time, which is not worth a word. */
const ON_ITS_WAY_S = 1.5;

function elapsed(tracked: TrackedRun, now: number): string {
  if (tracked.startedAt === null || !isActive(tracked)) return "";
  return words.figures.seconds(Math.max(0, now - tracked.startedAt) / 1000);
}

function duration(state: RunState): string {
  const took = state.ending?.duration_s ?? null;
  if (took === null) return "";
  return took < 0.1 ? words.figures.milliseconds(took * 1000) : words.figures.seconds(took);
}

function dotted(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}
