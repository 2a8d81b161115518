/** A run's state in a few words, for the head of an output's card, the log and the announcement. */
import type { Progress } from "../contract/event.ts";
import type { PlaybackStats } from "../media/playback-stats.ts";
import { words } from "../words.ts";
import type { RunState } from "./run.ts";
import { isActive, type TrackedRun } from "./tracked-run.ts";

const { figures, player, run } = words;

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
  if (tracked.refusal !== null) return run.notStarted;
  if (tracked.isLost) return dotted(run.lost, size);
  if (tracked.isStopWaiting && isActive(tracked)) return dotted(size, run.stopWaits);
  if (isDisconnected && isActive(tracked)) return dotted(size, run.connectionLost);
  if (tracked.run === null) return run.sending;
  switch (state.status) {
    case "queued":
      return describeQueue(state);
    case "starting":
      return dotted(
        state.usual_s === null ? run.starting : run.startingUsually(figures.seconds(state.usual_s)),
        state.reason,
      );
    case "running":
      return dotted(
        tracked.isStopping ? run.stopping : describeProgress(state) || size,
        played === null ? elapsed(tracked, now) : describeStats(played),
      );
    case "succeeded":
      return dotted(size, duration(state));
    case "failed":
      return dotted(run.failed, duration(state));
    case "canceled":
      return dotted(describeCancel(state), size, duration(state));
  }
}

/** One sentence when a run is over. */
export function describeEnd({ state, action, isLost }: TrackedRun): string {
  const { announcement } = run;
  if (isLost) return announcement.lost(action);
  const took = duration(state);
  const after = (what: string): string => (took === "" ? what : announcement.after(what, took));
  if (state.status === "failed")
    return announcement.because(after(announcement.failed(action)), state.ending?.message ?? "");
  if (state.status === "canceled") return after(announcement.canceled(action, describeCancel(state)));
  return after(announcement.finished(action));
}

const CANCELED_BY: Readonly<Record<string, string>> = run.canceled;

function describeCancel(state: RunState): string {
  return CANCELED_BY[state.ending?.by ?? ""] ?? run.canceled.visitor;
}

function describeQueue({ position, eta_s }: RunState): string {
  const place = describePlace(position);
  return eta_s === null ? place : run.about(place, figures.roundSeconds(Math.max(1, Math.round(eta_s))));
}

function describePlace(position: number | null): string {
  if (position === null || position < 1) return run.waiting;
  return position === 1 ? run.nextInLine : run.inLine(figures.ordinal(position));
}

function describeProgress({ progress }: RunState): string {
  return progress === null ? "" : dotted(progress.description ?? "", describeStep(progress));
}

function describeStep({ index, total, unit, fraction }: Progress): string {
  if (index !== null && total !== null) return run.stepOf(unit, index, total);
  if (index !== null) return run.step(unit, index);
  return fraction === null ? "" : figures.percent(fraction);
}

/** How near what is played is to the newest; and how much is there to be played, where that may run out. */
function describeStats({ behind_s, ready_s }: PlaybackStats): string {
  const isLow = ready_s < LOW_S && behind_s - ready_s > ON_ITS_WAY_S;
  const behind = player.behind(figures.seconds(behind_s));
  return dotted(behind, isLow ? player.ready(figures.seconds(ready_s)) : "");
}

const LOW_S = 5;
/** The last segment is still on its way most of the time, which is not worth a word. */
const ON_ITS_WAY_S = 1.5;

function elapsed(tracked: TrackedRun, now: number): string {
  if (tracked.startedAt === null || !isActive(tracked)) return "";
  return figures.seconds(Math.max(0, now - tracked.startedAt) / 1000);
}

function duration(state: RunState): string {
  const took = state.ending?.duration_s ?? null;
  if (took === null) return "";
  return took < 0.1 ? figures.milliseconds(took * 1000) : figures.seconds(took);
}

function dotted(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}
