/** The server's responses about runs and uploads. Events are in `event.ts`. */
import { nullable, record, text, type Decode } from "./decode.ts";

export const created: Decode<{ readonly run: string }> = record({ run: text });

export const uploaded: Decode<{ readonly file: string }> = record({ file: text });

export interface RunTimes {
  /** When the generator was called, in ISO 8601; null before that. */
  readonly started_at: string | null;
}

export const runTimes: Decode<RunTimes> = record<RunTimes>({ started_at: nullable(text) });
