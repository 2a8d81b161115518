/**
 * A run's events, and the connection's messages about runs and the catalog.
 *
 * `schemas/events.schema.json` is the source; `tests/contract/schema.test.ts` compares each field with it.
 */
import {
  flag,
  json,
  list,
  literal,
  mapping,
  Misfit,
  nullable,
  number,
  oneOf,
  otherwise,
  record,
  text,
  typeOf,
  type Decode,
} from "./decode.ts";
import { isList, isMapping, member, type Json } from "./json.ts";

export type Path = readonly (string | number)[];
export type Operation = "set" | "append" | "insert" | "delete";
export type Edit = readonly [operation: Operation, path: Path, value: Json];

export interface Progress {
  readonly fraction: number | null;
  readonly index: number | null;
  readonly total: number | null;
  readonly unit: string | null;
  readonly description: string | null;
}

export interface Queued {
  readonly type: "queued";
  readonly position: number;
  readonly eta_s: number | null;
}
export interface Starting {
  readonly type: "starting";
  /** Why a process must be started first, or what the run waits for. */
  readonly reason: string;
  readonly usual_s: number | null;
}
export interface Running {
  readonly type: "running";
}
/** `more` says that the same yield goes on with the next event: all of them are one step. */
export interface SetValue {
  readonly type: "set";
  readonly output: string;
  readonly value: Json;
  readonly final: boolean;
  readonly more: boolean;
}
export interface AppendText {
  readonly type: "append";
  readonly output: string;
  readonly text: string;
  readonly more: boolean;
}
export interface Patch {
  readonly type: "patch";
  readonly output: string;
  readonly edits: readonly Edit[];
  readonly more: boolean;
}
/** The output's value is now a stream of segments, none yet; `mime` has the codecs. */
export interface StreamBegun {
  readonly type: "stream";
  readonly output: string;
  readonly mime: string;
  readonly timescale: number;
}
/** The stream has one more segment, which can be fetched. */
export interface SegmentAdded {
  readonly type: "segment";
  readonly output: string;
  readonly index: number;
  readonly start_s: number;
  readonly duration_s: number;
  /** The loudest samples of each 1/20 s of audio, 0 to 100; none for video. */
  readonly peaks: readonly number[];
}
export interface Progressed extends Progress {
  readonly type: "progress";
}
export interface Logged {
  readonly type: "log";
  readonly level: string;
  readonly text: string;
}
/** Properties by component. */
export type Props = Readonly<Record<string, Readonly<Record<string, Json>>>>;
/** The function has changed these properties of an input or output. */
export interface PropertiesChanged {
  readonly type: "props";
  readonly component: string;
  readonly changes: Readonly<Record<string, Json>>;
  readonly more: boolean;
}
export interface Snapshot {
  readonly type: "snapshot";
  readonly outputs: Readonly<Record<string, Json>>;
  readonly props: Props;
  readonly skipped: number;
}
export interface Succeeded {
  readonly type: "succeeded";
  readonly duration_s: number;
}
export interface Failed {
  readonly type: "failed";
  readonly duration_s: number;
  readonly fault: string;
  readonly message: string;
  readonly detail: string | null;
  /** What of the message is about which input. */
  readonly inputs: Readonly<Record<string, string>>;
}
export interface Canceled {
  readonly type: "canceled";
  readonly duration_s: number;
  readonly by: string;
}
/** An event that cannot be read; it counts in the sequence and changes nothing here. */
export interface Unrecognised {
  readonly type: "unrecognised";
  readonly more: boolean;
  /** What is wrong with it; null for a type that only a newer server has. */
  readonly problem: string | null;
}

export type RunEvent =
  | Queued
  | Starting
  | Running
  | SetValue
  | AppendText
  | Patch
  | StreamBegun
  | SegmentAdded
  | PropertiesChanged
  | Progressed
  | Logged
  | Snapshot
  | Succeeded
  | Failed
  | Canceled
  | Unrecognised;

export interface RunMessage {
  readonly about: "run";
  readonly run: string;
  readonly seq: number;
  readonly event: RunEvent;
}
export interface GoneMessage {
  readonly about: "gone";
  readonly run: string;
}
export interface CatalogMessage {
  readonly about: "catalog";
  readonly version: number;
  readonly demos: readonly string[];
  readonly removed: readonly string[];
}
export type Message = RunMessage | GoneMessage | CatalogMessage;

const operation = oneOf<Operation>("set", "append", "insert", "delete");

const step: Decode<string | number> = (value, at) => {
  if (typeof value !== "string" && typeof value !== "number")
    throw new Misfit(at, "a key or an index", value);
  return value;
};

const more = otherwise(flag, false);

const edit: Decode<Edit> = (value, at) => {
  if (!isList(value)) throw new Misfit(at, "an edit", value);
  return [operation(value[0], `${at}[0]`), list(step)(value[1], `${at}[1]`), json(value[2], `${at}[2]`)];
};

export const EVENT_TYPES: Readonly<Record<string, Decode<RunEvent>>> = {
  queued: record<Queued>({ type: literal("queued"), position: number, eta_s: nullable(number) }),
  starting: record<Starting>({
    type: literal("starting"),
    reason: text,
    usual_s: nullable(number),
  }),
  running: record<Running>({ type: literal("running") }),
  set: record<SetValue>({
    type: literal("set"),
    output: text,
    value: json,
    final: otherwise(flag, false),
    more,
  }),
  append: record<AppendText>({ type: literal("append"), output: text, text, more }),
  patch: record<Patch>({ type: literal("patch"), output: text, edits: list(edit), more }),
  stream: record<StreamBegun>({ type: literal("stream"), output: text, mime: text, timescale: number }),
  segment: record<SegmentAdded>({
    type: literal("segment"),
    output: text,
    index: number,
    start_s: number,
    duration_s: number,
    peaks: otherwise(list(number), []),
  }),
  props: record<PropertiesChanged>({
    type: literal("props"),
    component: text,
    changes: mapping(json),
    more,
  }),
  progress: record<Progressed>({
    type: literal("progress"),
    fraction: nullable(number),
    index: nullable(number),
    total: nullable(number),
    unit: nullable(text),
    description: nullable(text),
  }),
  log: record<Logged>({ type: literal("log"), level: text, text }),
  snapshot: record<Snapshot>({
    type: literal("snapshot"),
    outputs: mapping(json),
    skipped: number,
    props: otherwise(mapping(mapping(json)), {}),
  }),
  succeeded: record<Succeeded>({ type: literal("succeeded"), duration_s: number }),
  failed: record<Failed>({
    type: literal("failed"),
    duration_s: number,
    fault: text,
    message: text,
    detail: nullable(text),
    inputs: otherwise(mapping(text), {}),
  }),
  canceled: record<Canceled>({
    type: literal("canceled"),
    duration_s: number,
    by: text,
  }),
};

/** Read an event. One that cannot be read takes nothing else with it, and an end is an end in any case. */
function readEvent(type: string, value: unknown, at: string): RunEvent {
  const decode = member(EVENT_TYPES, type);
  if (decode === undefined) return unrecognised(value, null);
  try {
    return decode(value, at);
  } catch (reason) {
    const problem = reason instanceof Error ? reason.message : String(reason);
    return member(ENDS, type)?.(problem) ?? unrecognised(value, problem);
  }
}

function unrecognised(value: unknown, problem: string | null): RunEvent {
  return { type: "unrecognised", more: isMapping(value) && value.more === true, problem };
}

const ENDS: Readonly<Record<string, (problem: string) => RunEvent>> = {
  succeeded: () => ({ type: "succeeded", duration_s: 0 }),
  failed: (detail) => ({ type: "failed", duration_s: 0, fault: "server", message: "", detail, inputs: {} }),
  canceled: () => ({ type: "canceled", duration_s: 0, by: "server" }),
};

const changed = record<Omit<CatalogMessage, "about">>({
  version: number,
  demos: list(text),
  removed: list(text),
});

/** One entry of a WebSocket frame, or the data of one event of the multiplexed feed. */
export const message: Decode<Message> = (value, at) => {
  const type = typeOf(value);
  if (type === "catalog") return { about: "catalog", ...changed(value, at) };
  const { run } = record<{ run: string }>({ run: text })(value, at);
  if (type === "gone") return { about: "gone", run };
  const { seq } = record<{ seq: number }>({ seq: number })(value, at);
  return { about: "run", run, seq, event: readEvent(type, value, at) };
};

/** The messages in a list; what is no message at all is passed over, and named to the developer. */
export function readMessages(values: readonly unknown[]): readonly Message[] {
  return values.flatMap((value, index) => {
    try {
      return [message(value, `message ${index}`)];
    } catch (reason) {
      console.error("gradstream: a message could not be read", reason);
      return [];
    }
  });
}
