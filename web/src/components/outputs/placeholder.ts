/** What an output shows before its first value: a placeholder, or the run's progress. */
import { html, nothing, type TemplateResult } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import type { Progress } from "../../contract/event.ts";
import type { Output } from "../../contract/output.ts";
import { words } from "../../words.ts";
import { isActive, type TrackedRun } from "../../state/tracked-run.ts";

/** `isGiven` tells a value that is none from one that has not come. */
export function drawPlaceholder(
  output: Output,
  tracked: TrackedRun | undefined,
  isGiven: boolean,
): TemplateResult {
  const progress = tracked?.state.progress ?? null;
  if (tracked !== undefined && isActive(tracked) && !isGiven) return drawWaiting(tracked, progress);
  return html`<div class="placeholder">
    <p>${isGiven ? words.outputs.none : (output.placeholder ?? reason(tracked))}</p>
  </div>`;
}

function reason(tracked: TrackedRun | undefined): string {
  if (tracked === undefined) return words.outputs.empty;
  return tracked.refusal === null && !tracked.isLost ? words.outputs.endedEmpty : "";
}

function drawWaiting({ state, run }: TrackedRun, progress: Progress | null): TemplateResult {
  const fraction = progress?.fraction ?? null;
  const isWaiting = run === null || state.status === "queued";
  const label = progress?.description ?? (isWaiting ? words.outputs.waiting : words.outputs.working);
  return html`<div class="placeholder waiting">
    <p>${label}</p>
    ${progress === null ? nothing : html`<progress max="1" value=${ifDefined(fraction ?? undefined)} aria-label=${label}></progress>`}
  </div>`;
}
