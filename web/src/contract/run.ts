/** What the server answers about runs and uploads. Their events are in `event.ts`. */
import { nullable, record, text, type Decode } from "./decode.ts";

export const created: Decode<{ readonly run: string }> = record({ run: text });

export const uploaded: Decode<{ readonly file: string }> = record({ file: text });

export interface RunTimes {
  /** When the generator was called, in ISO 8601; null when it was not yet. */
  readonly started_at: string | null;
}

export const runTimes: Decode<RunTimes> = record<RunTimes>({ started_at: nullable(text) });
