/** Examples as chips that fill the inputs. */
import { html, nothing, type TemplateResult } from "lit";
import type { Example } from "../contract/demo.ts";
import { words } from "../words.ts";

type Use = (inputs: Example["inputs"]) => void;

export function drawExamples(examples: readonly Example[], use: Use): TemplateResult | typeof nothing {
  if (examples.length === 0) return nothing;
  return html`<div class="field-box" role="group" aria-label=${words.inputs.examples}>
    <div class="label" aria-hidden="true">${words.inputs.examples}</div>
    ${drawChips(examples, use)}
  </div>`;
}

export function drawChips(examples: readonly Example[], use: Use): TemplateResult {
  return html`<div class="chips">
    ${examples.map(
      ({ label, inputs }) =>
        html`<button
          class="chip"
          type="button"
          title=${label}
          @click=${() => {
            use(inputs);
          }}
        >
          ${label}
        </button>`,
    )}
  </div>`;
}
