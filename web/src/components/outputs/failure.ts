/** The notice in an output whose run failed, was lost or was not started. */
import { html, nothing, type TemplateResult } from "lit";
import { faultTitle } from "../../state/faults.ts";
import type { TrackedRun } from "../../state/tracked-run.ts";
import { words } from "../../words.ts";

export function drawFailure({ refusal, isLost, state }: TrackedRun): TemplateResult | typeof nothing {
  if (refusal !== null) return notice(words.outputs.notStarted, refusal, null);
  if (isLost) return notice(words.outputs.lost, words.outputs.lostBecause, null);
  if (state.status !== "failed" || state.ending === null) return nothing;
  const { fault, message, detail } = state.ending;
  return notice(faultTitle(fault), message ?? "", detail);
}

function notice(title: string, message: string, detail: string | null): TemplateResult {
  return html`<div class="failure">
    <strong>${title}</strong>
    <p>${message}</p>
    ${
      detail === null || detail === ""
        ? nothing
        : html`<details>
            <summary>${words.outputs.traceback}</summary>
            <pre tabindex="0">${detail}</pre>
          </details>`
    }
  </div>`;
}
