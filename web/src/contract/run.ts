/** The server's responses about runs and uploads. Events are in `event.ts`. */
import { nullable, number, record, text, type Decode } from "./decode.ts";

export interface RunCreated {
  readonly run: string;
  /** When what the run replays was recorded, in ISO 8601; null for a run that runs. */
  readonly recorded_at: string | null;
}

export const created: Decode<RunCreated> = record<RunCreated>({ run: text, recorded_at: nullable(text) });

export const uploaded: Decode<{ readonly file: string }> = record({ file: text });

/** What a run is, before anything of what it has done. */
export interface RunFacts {
  readonly demo: string;
  readonly action: string;
  /** When the generator was called, in ISO 8601; null before that. */
  readonly started_at: string | null;
  /** When what it replays was recorded, in ISO 8601; null for a run that runs. */
  readonly recorded_at: string | null;
  /** The number of its last event. */
  readonly seq: number;
}

export const runFacts: Decode<RunFacts> = record<RunFacts>({
  demo: text,
  action: text,
  started_at: nullable(text),
  recorded_at: nullable(text),
  seq: number,
});
