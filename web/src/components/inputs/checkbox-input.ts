import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { CheckboxInput } from "../../contract/input.ts";
import { below, describedBy, idOf, invalid, labelOf, requiredMark, type Drawing } from "./field.ts";

export function drawCheckbox(drawing: Drawing<CheckboxInput>): TemplateResult {
  const { input, value, change } = drawing;
  return html`<div class="field-box">
    <label class="option">
      <input
        id=${idOf(input)}
        type="checkbox"
        aria-describedby=${describedBy(drawing)}
        aria-invalid=${invalid(drawing)}
        .checked=${live(value === true)}
        @change=${(event: Event) => {
          change((event.target as HTMLInputElement).checked);
        }}
      />
      <span class="option-name">${labelOf(input)}${requiredMark(input)}</span>
    </label>
    ${below(drawing)}
  </div>`;
}
