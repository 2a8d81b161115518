/** What a kind of output is on the page: one object in a file of its own, which `kinds.ts` finds. */
import type { nothing, TemplateResult } from "lit";
import type { Json } from "../../contract/json.ts";
import type { Selection } from "../../contract/page-event.ts";
import type { Output, OutputFormat } from "../../contract/output.ts";
import type { PlaybackStats } from "../../media/playback-stats.ts";
import type { Showing } from "../../state/playback.ts";
import type { Store } from "../../state/store.ts";
import type { TrackedRun } from "../../state/tracked-run.ts";

export interface OutputKind<T extends Output = Output> extends OutputFormat<T> {
  draw(drawing: OutputDrawing<T>): TemplateResult;
  /** Whether `draw` can show the value; when left out, it can show any. Another value is shown as text. */
  fits?(value: Json): boolean;
  /** Ways to copy or download the value; called when there is one. */
  tools?(drawing: OutputDrawing<T>): TemplateResult | typeof nothing;
  /** How much the value is, such as `3 rows`; "" when that is not worth a word. */
  describe?(drawing: OutputDrawing<T>): string;
  /** Whether the placeholder is shown in place of the value: for null and "" when left out. */
  isEmpty?(value: Json): boolean;
  /** Set where what is drawn stays the same element for all values, and is there before the first. */
  readonly isLasting?: true;
  /** Set where each run continues the last one's value: it is never stale, and failures are shown below it. */
  readonly isContinued?: true;
  /** Load what drawing needs; called once the page stands, before a value comes. */
  warm?(): Promise<unknown>;
}

/** An output, its value, and where both come from. */
export interface OutputDrawing<T extends Output = Output> {
  readonly output: T;
  readonly value: Json;
  /** The run that gave the value; null when the page did. */
  readonly run: string | null;
  /** Whether the run that the output belongs to now is going on. */
  readonly isActive: boolean;
  readonly tracked: TrackedRun | undefined;
  readonly runner: Showing;
  /** To be called with what a visitor selects; null where no action runs on it. */
  readonly select: ((selection: Selection) => void) | null;
  /** The address of a picture that the demo's file names; null where an output has none. */
  readonly picture: ((path: string) => string) | null;
  /** Where a player reports how far it is. */
  readonly stats: Store<PlaybackStats | null>;
}
