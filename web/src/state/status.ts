/** A run's state in a few words, for the head of an output's card, the log and the announcement. */
import type { Progress } from "../contract/event.ts";
import type { PlaybackStats } from "../media/playback-stats.ts";
import { isActive, type TrackedRun } from "./tracked-run.ts";
import type { RunState } from "./run.ts";
import { words } from "../words.ts";

export function seconds(duration: number): string {
  if (duration < 10) return `${duration.toFixed(1)} s`;
  if (duration < 90) return `${Math.round(duration)} s`;
  const whole = Math.round(duration);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

export function ordinal(position: number): string {
  const tens = position % 100;
  const suffix = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][position % 10] ?? "th");
  return `${position}${suffix}`;
}

/** The whole line: what it does now, how far it is, how long it took. `size` is how much an output has of it. */
export function describeRun(
  tracked: TrackedRun,
  size: string,
  now: number,
  stats: PlaybackStats | null = null,
): string {
  const { state } = tracked;
  const played = state.status === "running" ? stats : null;
  if (tracked.refusal !== null) return "not started";
  if (tracked.run === null) return "sending…";
  switch (state.status) {
    case "queued":
      return describeQueue(state);
    case "starting":
      return state.usual_s === null ? "starting…" : `starting, usually ${seconds(state.usual_s)}`;
    case "running":
      return dotted(
        tracked.isStopping ? "stopping" : describeProgress(state) || size,
        played === null ? elapsed(tracked, now) : describeStats(played),
      );
    case "succeeded":
      return dotted(size, duration(state));
    case "failed":
      return dotted("failed", duration(state));
    case "canceled":
      return dotted(describeCancel(state), size, duration(state));
  }
}

/** One sentence when a run is over. */
export function describeEnd(tracked: TrackedRun): string {
  const { state, action } = tracked;
  const took = duration(state);
  const after = took === "" ? "" : ` after ${took}`;
  if (state.status === "failed") return `${action} failed${after}: ${state.ending?.message ?? ""}`;
  if (state.status === "canceled") return `${action} ${describeCancel(state)}${after}`;
  return `${action} finished${after}`;
}

const CANCELED_BY: Readonly<Record<string, string>> = words.run.canceled;

function describeCancel(state: RunState): string {
  return CANCELED_BY[state.ending?.by ?? ""] ?? words.run.canceled.visitor;
}

function describeQueue({ position, eta_s }: RunState): string {
  const eta = eta_s === null ? "" : `, about ${seconds(Math.max(1, Math.round(eta_s))).replace(".0", "")}`;
  if (position === null || position < 1) return `waiting${eta}`;
  return position === 1 ? `next in line${eta}` : `${ordinal(position)} in line${eta}`;
}

function describeProgress({ progress }: RunState): string {
  return progress === null ? "" : dotted(progress.description ?? "", describeStep(progress));
}

function describeStep({ index, total, unit, fraction }: Progress): string {
  if (index !== null && total !== null) return `${unit ?? "step"} ${index} of ${total}`;
  if (index !== null) return `${unit ?? "step"} ${index}`;
  return fraction === null ? "" : `${Math.round(fraction * 100)} %`;
}

/** How near what is played is to the newest; and how much is there to be played, where that may run out. */
function describeStats({ behind_s, ready_s }: PlaybackStats): string {
  const isLow = ready_s < LOW_S && behind_s - ready_s > ON_ITS_WAY_S;
  return dotted(`${seconds(behind_s)} behind`, isLow ? `${seconds(ready_s)} ready` : "");
}

const LOW_S = 5;
/** The last segment is still on its way most of the time, and that is nobody's news. */
const ON_ITS_WAY_S = 1.5;

function elapsed(tracked: TrackedRun, now: number): string {
  if (tracked.startedAt === null || !isActive(tracked)) return "";
  return seconds(Math.max(0, now - tracked.startedAt) / 1000);
}

function duration(state: RunState): string {
  const took = state.ending?.duration_s ?? null;
  if (took === null) return "";
  return took < 0.1 ? `${Math.round(took * 1000)} ms` : seconds(took);
}

function dotted(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}
