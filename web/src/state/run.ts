/** What the page knows of one run. */
import type { Progress, Props } from "../contract/event.ts";
import type { Json } from "../contract/json.ts";

export type RunStatus = "queued" | "starting" | "running" | "succeeded" | "failed" | "canceled";

export interface Ending {
  readonly duration_s: number | null;
  readonly fault: string | null;
  readonly message: string | null;
  readonly detail: string | null;
  readonly by: string | null;
  /** What of the message is about which input. */
  readonly inputs: Readonly<Record<string, string>>;
}

export interface RunState {
  readonly status: RunStatus;
  readonly seq: number;
  readonly outputs: Readonly<Record<string, Json>>;
  /** The properties that the function has changed. */
  readonly props: Props;
  /** How many values each output has received, for the number of pictures. */
  readonly counts: Readonly<Record<string, number>>;
  readonly progress: Progress | null;
  readonly position: number | null;
  readonly eta_s: number | null;
  readonly usual_s: number | null;
  /** Why it has to wait for a process. */
  readonly reason: string;
  readonly ending: Ending | null;
  readonly skipped: number;
}

export const NEW_RUN: RunState = {
  status: "queued",
  seq: 0,
  outputs: {},
  props: {},
  counts: {},
  progress: null,
  position: null,
  eta_s: null,
  usual_s: null,
  reason: "",
  ending: null,
  skipped: 0,
};

export function isOver(state: RunState): boolean {
  return state.ending !== null;
}
