/** One action's latest run as the page shows it. */
import { isOver, NEW_RUN, type RunState } from "./run.ts";

export interface TrackedRun {
  readonly action: string;
  /** Null until the server has given the run its id. */
  readonly run: string | null;
  readonly state: RunState;
  /** Why the server refused the run. */
  readonly refusal: string | null;
  /** The server has no such run any more, so that its end will never be reported. */
  readonly isLost: boolean;
  /** When it began to run, in milliseconds since 1970; null when unknown. */
  readonly startedAt: number | null;
  /** When what it replays was recorded, in ISO 8601; null for a run that runs. */
  readonly recordedAt: string | null;
  /** Attached again after a reload. */
  readonly isResumed: boolean;
  /** The number of the last event that it had when it was attached: those before are from an earlier page. */
  readonly knownSeq: number;
  /** Started by a change of inputs or at an interval, not by a press. */
  readonly isQuiet: boolean;
  readonly isStopping: boolean;
  /** Stop was pressed, and is sent when the server can be reached. */
  readonly isStopWaiting: boolean;
}

export function newTrackedRun(action: string, isQuiet: boolean): TrackedRun {
  return {
    action,
    run: null,
    state: NEW_RUN,
    refusal: null,
    isLost: false,
    startedAt: null,
    recordedAt: null,
    isResumed: false,
    knownSeq: 0,
    isQuiet,
    isStopping: false,
    isStopWaiting: false,
  };
}

export function isActive(tracked: TrackedRun | undefined): boolean {
  return tracked?.refusal === null && !tracked.isLost && !isOver(tracked.state);
}
