/** What stands in an output before its first value: what will come, or how near it is. */
import { html, nothing, type TemplateResult } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import type { Progress } from "../../contract/event.ts";
import type { Output } from "../../contract/output.ts";
import { isActive, type TrackedRun } from "../../state/tracked-run.ts";

export function drawPlaceholder(output: Output, tracked: TrackedRun | undefined): TemplateResult {
  const progress = tracked?.state.progress ?? null;
  if (tracked !== undefined && isActive(tracked)) return drawWaiting(tracked, progress);
  return html`<div class="placeholder"><p>${output.placeholder ?? words(tracked)}</p></div>`;
}

function words(tracked: TrackedRun | undefined): string {
  if (tracked === undefined) return "Nothing here yet.";
  return tracked.refusal === null ? "The run ended before this output had a value." : "";
}

function drawWaiting({ state, run }: TrackedRun, progress: Progress | null): TemplateResult {
  const fraction = progress?.fraction ?? null;
  const words =
    progress?.description ?? (run === null || state.status === "queued" ? "Waiting for a turn" : "Working");
  return html`<div class="placeholder waiting">
    <p>${words}</p>
    ${progress === null ? nothing : html`<progress max="1" value=${ifDefined(fraction ?? undefined)} aria-label=${words}></progress>`}
  </div>`;
}
