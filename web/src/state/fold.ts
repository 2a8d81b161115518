/**
 * A run's state as a pure fold of its events, the same as the server's.
 *
 * Events at or below the state's number are known and change nothing, and so does what follows an end.
 */
import type {
  PropertiesChanged,
  Props,
  RunEvent,
  RunMessage,
  SegmentAdded,
  SetValue,
  StreamBegun,
} from "../contract/event.ts";
import { member, type Json } from "../contract/json.ts";
import { Editor } from "./edits.ts";
import { isOver, type Ending, type RunState } from "./run.ts";

export type Numbered = Pick<RunMessage, "seq" | "event">;

/** Fold a batch. One editor serves it all, so that many small edits copy a value once. */
export function fold(state: RunState, batch: readonly Numbered[]): RunState {
  const editor = new Editor();
  return batch.reduce((current, { seq, event }) => {
    if (seq <= current.seq || isOver(current)) return current;
    return { ...step(current, event, editor), seq };
  }, state);
}

function step(state: RunState, event: RunEvent, editor: Editor): RunState {
  switch (event.type) {
    case "queued":
      return { ...state, status: "queued", position: event.position, eta_s: event.eta_s };
    case "starting":
      return { ...state, status: "starting", usual_s: event.usual_s, reason: event.reason };
    case "running":
      return { ...state, status: "running" };
    case "set":
      return withValue(state, event.output, event.value, isRepeat(state, event) ? 0 : 1);
    case "append":
      return withValue(state, event.output, textOf(member(state.outputs, event.output)) + event.text, 1);
    case "patch":
      return withValue(
        state,
        event.output,
        editor.apply(member(state.outputs, event.output) ?? null, event.edits),
        1,
      );
    case "stream":
      return withValue(state, event.output, emptyStream(event), 1);
    case "segment":
      return withValue(state, event.output, withSegment(state, event, editor), 1);
    case "progress":
      return { ...state, progress: event };
    case "props":
      return { ...state, props: withProps(state.props, event) };
    case "snapshot":
      return {
        ...state,
        status: "running",
        outputs: { ...event.outputs },
        props: event.props,
        skipped: state.skipped + event.skipped,
      };
    case "succeeded":
      return end(state, "succeeded", { duration_s: event.duration_s });
    case "failed":
      return end(state, "failed", event);
    case "canceled":
      return end(state, "canceled", event);
    case "log":
    case "unrecognised":
      return state;
  }
}

/** The exact copy of a picture that is sent at success does not count as another step. */
function isRepeat(state: RunState, event: SetValue): boolean {
  return event.final && (member(state.counts, event.output) ?? 0) > 0;
}

function emptyStream({ mime, timescale }: StreamBegun): Json {
  return { mime, timescale, segments: [] };
}

function withProps(props: Props, { component, changes }: PropertiesChanged): Props {
  return { ...props, [component]: { ...member(props, component), ...changes } };
}

function withSegment(state: RunState, event: SegmentAdded, editor: Editor): Json {
  const segment = [event.start_s, event.duration_s, event.peaks];
  return editor.apply(member(state.outputs, event.output) ?? null, [
    ["insert", ["segments", event.index], segment],
  ]);
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function withValue(state: RunState, output: string, value: Json, steps: number): RunState {
  const count = (member(state.counts, output) ?? 0) + steps;
  return {
    ...state,
    status: "running",
    outputs: { ...state.outputs, [output]: value },
    counts: { ...state.counts, [output]: count },
  };
}

const NO_ENDING: Ending = {
  duration_s: null,
  fault: null,
  message: null,
  detail: null,
  by: null,
  inputs: {},
};

function end(state: RunState, status: RunState["status"], event: Partial<Ending>): RunState {
  const { duration_s, fault, message, detail, by, inputs } = { ...NO_ENDING, ...event };
  return { ...state, status, ending: { duration_s, fault, message, detail, by, inputs } };
}
