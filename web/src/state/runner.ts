/**
 * Starts, follows and stops the runs of one demo: one run per action.
 *
 * Events are folded as they arrive, those of a socket frame together. Drawing is left to the components.
 */
import { mayPass, Refusal, type Api } from "../client/api.ts";
import type { Connection } from "../transport/connection.ts";
import type { Undo } from "../transport/types.ts";
import type { Action } from "../contract/demo.ts";
import type { PageEvent } from "../contract/page-event.ts";
import type { RunEvent } from "../contract/event.ts";
import { assignOwner, mergeRun, NOTHING_SHOWN, setValue, type ShownValues } from "./shown-values.ts";
import type { FoundRun } from "./run-finder.ts";
import { words } from "../words.ts";
import { fold, type Numbered } from "./fold.ts";
import { isActive, newTrackedRun, type TrackedRun } from "./tracked-run.ts";
import type { Json } from "../contract/json.ts";
import type { Line, Log } from "./log.ts";
import { describeEnd } from "./status.ts";
import { StepBuffer } from "./step-buffer.ts";
import { Store, type Readable } from "./store.ts";
import type { Values } from "./values.ts";

const STOP_AGAIN_MS = 5_000;
const NOT_FOUND = 404;

export interface StartOptions {
  readonly isQuiet: boolean;
  /** The run that this one follows. */
  readonly follows?: string;
  /** What a visitor did that starts the run. */
  readonly event?: PageEvent;
  /** Runs that have changed properties of inputs. */
  readonly properties?: readonly string[];
  /** Whether a recording may stand for the run. */
  readonly replay?: boolean;
}

export interface RunnerCallbacks {
  /** A run was started by a press, so a reload should find it again. */
  readonly started: (action: string, run: string) => void;
  /** What a run shows has changed; `before` is what it showed until now. */
  readonly shown: (tracked: TrackedRun, before: Values) => void;
  readonly ended: (tracked: TrackedRun) => void;
}

export class Runner {
  readonly tracked = new Store<ReadonlyMap<string, TrackedRun>>(new Map());
  readonly shown = new Store<ShownValues>(NOTHING_SHOWN);
  private readonly undos = new Map<string, Undo>();
  /** Runs whose Stop is to be sent again, each with its action. */
  private readonly waitingStops = new Map<string, string>();
  private stopTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Api,
    private readonly connection: Connection,
    private readonly demo: string,
    private readonly log: Log,
    private readonly callbacks: RunnerCallbacks,
    /** Whether the connection is lost, so that nothing is known of what runs do now. */
    readonly isDisconnected: Readable<boolean>,
  ) {
    connection.onOpened(this.sendWaitingStops);
  }

  trackedRun(action: string): TrackedRun | undefined {
    return this.tracked.value.get(action);
  }

  isActive(action: string): boolean {
    return isActive(this.trackedRun(action));
  }

  /** Resolves when the action has no active run. */
  ended(action: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.isActive(action)) return;
        undo();
        resolve();
      };
      const undo = this.tracked.subscribe(look);
      look();
    });
  }

  /** Start a run, which supersedes the action's active run, if any. Throws the server's refusal. */
  async start(action: Action, inputs: Values, options: StartOptions): Promise<void> {
    const before = this.trackedRun(action.name);
    const mine = newTrackedRun(action.name, options.isQuiet);
    this.set(mine);
    this.shown.update((shown) => assignOwner(shown, action.name, action.outputs));
    const superseded = isActive(before) ? before?.run : null;
    const request = {
      action: action.name,
      inputs,
      ...(superseded ? { supersedes: superseded } : {}),
      ...(options.follows === undefined ? {} : { follows: options.follows }),
      ...(options.event === undefined ? {} : { event: options.event }),
      ...(options.properties?.length ? { properties: options.properties } : {}),
      ...(options.replay ? { replay: true } : {}),
    };
    try {
      const { run, recordedAt } = await this.api.start(this.demo, request);
      this.change(action.name, (now) => ({ ...now, recordedAt }));
      this.follow(action.name, run, { isResumed: false });
    } catch (reason) {
      this.change(action.name, (now) => ({ ...now, refusal: reasonText(reason) }));
      throw reason;
    }
  }

  /** Follow an existing run from the start of its journal, as after a reload. */
  attach(action: Action, run: string, found: Omit<FoundRun, "action">): void {
    const { startedAt, recordedAt, seq } = found;
    this.set({ ...newTrackedRun(action.name, false), startedAt, recordedAt, knownSeq: seq });
    this.shown.update((shown) => assignOwner(shown, action.name, action.outputs));
    this.follow(action.name, run, { isResumed: true });
  }

  async stop(action: string): Promise<void> {
    const now = this.trackedRun(action);
    if (now === undefined || !isActive(now)) return;
    this.change(action, (tracked) => ({ ...tracked, isStopping: true }));
    // Without an id so far, `follow` sends the stop as soon as there is one.
    if (now.run !== null) await this.sendStop(action, now.run);
  }

  /** Show a value that does not come from a run, as when a conversation is cleared. */
  setValue(output: string, value: Json): void {
    this.shown.update((shown) => setValue(shown, output, value));
  }

  /** Stop following an action's run. The values that it produced stay. */
  forget(action: string): void {
    this.undos.get(action)?.();
    this.undos.delete(action);
    const rest = new Map(this.tracked.value);
    rest.delete(action);
    this.tracked.set(rest);
  }

  private follow(action: string, run: string, { isResumed }: { isResumed: boolean }): void {
    const before = this.trackedRun(action);
    if (before === undefined) return;
    this.set({ ...before, run, isResumed });
    if (before.isStopping) void this.sendStop(action, run);
    this.undos.get(action)?.();
    const steps = new StepBuffer();
    let isFlushing = false;
    const flush = (): void => {
      isFlushing = false;
      this.apply(action, run, steps.take());
    };
    const undo = this.connection.watchRun(run, 0, {
      event: (message) => {
        steps.add(message);
        if (isFlushing) return;
        isFlushing = true;
        queueMicrotask(flush);
      },
      gone: () => {
        if (this.trackedRun(action)?.run === run) this.noteGone(action);
      },
    });
    this.undos.set(action, undo);
    if (!isResumed && !before.isQuiet) this.callbacks.started(action, run);
  }

  private apply(action: string, run: string, batch: readonly Numbered[]): void {
    const before = this.trackedRun(action);
    if (before?.run !== run || batch.length === 0) return;
    const state = fold(before.state, batch);
    const begins = before.state.status !== "running" && state.status === "running";
    const startedAt = begins && !before.isResumed ? Date.now() : before.startedAt;
    const after = { ...before, state, startedAt };
    this.shown.update((shown) => mergeRun(shown, action, run, state.outputs));
    this.set(after);
    if (state.outputs !== before.state.outputs || state.props !== before.state.props)
      this.callbacks.shown(after, before.state.outputs);
    this.logLines(batch);
    if (isActive(before) && !isActive(after)) this.reportEnd(after);
  }

  private logLines(batch: readonly Numbered[]): void {
    this.log.addAll(batch.flatMap(({ event }) => lineOf(event)));
  }

  private reportEnd(tracked: TrackedRun): void {
    this.log.add("note", describeEnd(tracked));
    this.callbacks.ended(tracked);
  }

  private noteGone(action: string): void {
    const wasActive = this.isActive(action);
    this.change(action, (now) => ({ ...now, isLost: true }));
    const now = this.trackedRun(action);
    if (wasActive && now !== undefined) this.reportEnd(now);
  }

  private async sendStop(action: string, run: string): Promise<void> {
    try {
      await this.api.stop(run);
      this.waitingStops.delete(run);
    } catch (reason) {
      if (mayPass(reason)) this.keepStop(action, run, reason);
      else this.giveUpStop(action, run, reason);
    }
  }

  /** Send it again with the next connection, or after a while: the line of requests may be another one. */
  private keepStop(action: string, run: string, reason: unknown): void {
    if (!this.waitingStops.has(run)) this.log.add("error", words.log.stopWaits(reasonText(reason)));
    this.waitingStops.set(run, action);
    this.change(action, (now) => (now.run === run ? { ...now, isStopWaiting: true } : now));
    clearTimeout(this.stopTimer);
    this.stopTimer = setTimeout(this.sendWaitingStops, STOP_AGAIN_MS);
  }

  private giveUpStop(action: string, run: string, reason: unknown): void {
    this.waitingStops.delete(run);
    const before = this.trackedRun(action);
    if (before?.run !== run || !isActive(before)) return;
    if (reason instanceof Refusal && reason.status === NOT_FOUND) {
      this.noteGone(action);
      return;
    }
    this.change(action, (now) => ({ ...now, isStopping: false, isStopWaiting: false }));
    this.log.add("error", words.log.notStopped(reasonText(reason)));
  }

  private readonly sendWaitingStops = (): void => {
    for (const [run, action] of this.waitingStops) {
      const tracked = this.trackedRun(action);
      if (tracked?.run === run && !isActive(tracked)) this.waitingStops.delete(run);
      else void this.sendStop(action, run);
    }
  };

  private set(tracked: TrackedRun): void {
    this.tracked.update((all) => new Map(all).set(tracked.action, tracked));
  }

  private change(action: string, alter: (now: TrackedRun) => TrackedRun): void {
    const now = this.trackedRun(action);
    if (now !== undefined) this.set(alter(now));
  }
}

/** The line of an event in the log. Printed lines are for the developer: a visitor gets them without their text. */
function lineOf(event: RunEvent): readonly Line[] {
  if (event.type === "log" && event.text !== "") return [event];
  if (event.type !== "unrecognised" || event.problem === null) return [];
  return [{ level: "error", text: words.log.notRecognised(event.problem) }];
}

export function reasonText(reason: unknown): string {
  const name = reason instanceof Error ? reason.name : "";
  if (reason instanceof TypeError || name === "TimeoutError") return words.server.unreachable;
  return reason instanceof Error ? reason.message : String(reason);
}
