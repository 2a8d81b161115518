/** The shapes of output values that are more than text or a number. */
import { isList, isMapping, type Json } from "./json.ts";
import { json, list, Misfit, nullable, number, otherwise, record, text, type Decode } from "./decode.ts";

export interface Blob {
  readonly blob: string;
  readonly mime: string;
  readonly size: number;
  readonly name: string | null;
  readonly width: number | null;
  readonly height: number | null;
  /** How long sound or video plays, where it is known. */
  readonly duration_s: number | null;
}

/** When a segment starts, how long it plays, and its peaks: each 1/20 s of sound, 0 to 100. */
export type Segment = readonly [start_s: number, duration_s: number, peaks: readonly number[]];

/** A stream of segments, which are fetched one by one; a segment's index is its place in the list. */
export interface Stream {
  readonly mime: string;
  readonly timescale: number;
  readonly segments: readonly Segment[];
}

export interface Score {
  readonly label: string;
  readonly score: number;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Json[])[];
}

export interface Metadata {
  readonly title: string | null;
  readonly status: string | null;
  readonly duration: number | null;
  readonly log: string | null;
}

export interface ChatMessage {
  readonly role: string;
  readonly content: Json;
  readonly metadata: Metadata | null;
}

export const blob: Decode<Blob> = record<Blob>({
  blob: text,
  mime: otherwise(text, ""),
  size: otherwise(number, 0),
  name: nullable(text),
  width: nullable(number),
  height: nullable(number),
  duration_s: nullable(number),
});

export const scores: Decode<readonly Score[]> = list(record<Score>({ label: text, score: number }));

/** Rows are believed unread: a table may grow by a row an event, and only a page of it is ever drawn. */
export const table: Decode<Table> = (value, at) => {
  if (!isMapping(value) || !isList(value.columns) || !isList(value.rows)) {
    throw new Misfit(at, "a table of columns and rows", value);
  }
  return { columns: value.columns.map(String), rows: value.rows as Table["rows"] };
};

/** Segments are believed unread, as rows are: there may be thousands, and each came as an event. */
export const stream: Decode<Stream> = (value, at) => {
  if (!isMapping(value) || typeof value.mime !== "string" || !isList(value.segments)) {
    throw new Misfit(at, "a stream with its segments", value);
  }
  const { mime, timescale, segments } = value;
  return { mime, timescale: number(timescale, `${at}.timescale`), segments: segments as Stream["segments"] };
};

const metadata: Decode<Metadata> = record<Metadata>({
  title: nullable(text),
  status: nullable(text),
  duration: nullable(number),
  log: nullable(text),
});

const chatMessage: Decode<ChatMessage> = record<ChatMessage>({
  role: otherwise(text, "assistant"),
  content: json,
  metadata: nullable(metadata),
});

export const conversation: Decode<readonly ChatMessage[]> = list(chatMessage);

/** Read an output's value; a value of another shape is null, so that one odd value never breaks the page. */
export function readValue<T>(decode: Decode<T>, value: Json | undefined): T | null {
  if (value === undefined || value === null) return null;
  try {
    return decode(value, "value");
  } catch {
    return null;
  }
}
