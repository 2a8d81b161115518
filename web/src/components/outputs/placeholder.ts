/** What stands in an output before its first value: what will come, or how near it is. */
import { html, nothing, type TemplateResult } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import type { Progress } from "../../contract/event.ts";
import type { Output } from "../../contract/output.ts";
import { isActive, type Following } from "../../state/following.ts";

export function drawPlaceholder(output: Output, following: Following | undefined): TemplateResult {
  const progress = following?.state.progress ?? null;
  if (following !== undefined && isActive(following)) return drawWaiting(following, progress);
  return html`<div class="placeholder"><p>${output.placeholder ?? words(following)}</p></div>`;
}

function words(following: Following | undefined): string {
  if (following === undefined) return "Nothing here yet.";
  return following.refusal === null ? "The run ended before this output had a value." : "";
}

function drawWaiting({ state, run }: Following, progress: Progress | null): TemplateResult {
  const fraction = progress?.fraction ?? null;
  const words =
    progress?.description ?? (run === null || state.status === "queued" ? "Waiting for a turn" : "Working");
  return html`<div class="placeholder waiting">
    <p>${words}</p>
    ${progress === null ? nothing : html`<progress max="1" value=${ifDefined(fraction ?? undefined)} aria-label=${words}></progress>`}
  </div>`;
}
