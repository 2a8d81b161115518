/** The shapes of values that several parts of the page read. What only one kind has is decoded by that kind. */
import { isList, isMapping, type Json } from "./json.ts";
import { Misfit, nullable, number, record, text, whereFitting, type Decode } from "./decode.ts";

export interface Blob {
  readonly blob: string;
  readonly mime: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  /** Of audio or video, where it is known. */
  readonly duration_s: number | null;
}

/** When a segment starts, how long it plays, and its peaks: each 1/20 s of audio, 0 to 100. */
export type Segment = readonly [start_s: number, duration_s: number, peaks: readonly number[]];

/** A stream of segments, which are fetched one by one; a segment's index is its place in the list. */
export interface Stream {
  readonly mime: string;
  readonly timescale: number;
  readonly segments: readonly Segment[];
}

export const blob: Decode<Blob> = record<Blob>({
  blob: text,
  mime: text,
  size: number,
  width: nullable(number),
  height: nullable(number),
  duration_s: nullable(number),
});

/** Segments are not checked: there may be thousands, and each came as an event. */
export const stream: Decode<Stream> = (value, at) => {
  if (!isMapping(value) || typeof value.mime !== "string" || !isList(value.segments)) {
    throw new Misfit(at, "a stream with its segments", value);
  }
  const { mime, timescale, segments } = value;
  return { mime, timescale: number(timescale, `${at}.timescale`), segments: segments as Stream["segments"] };
};

/** Read an output's value; a value of another shape is null, so that one unexpected value does not break the page. */
export function readValue<T>(decode: Decode<T>, value: Json | undefined): T | null {
  return value === undefined || value === null ? null : whereFitting(decode)(value, "value");
}
