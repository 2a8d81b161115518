import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { below, describedBy, idOf, invalid, labelOf, requiredMark } from "./field.ts";
import type { Drawing, InputKind } from "./types.ts";

export const KIND: InputKind = {
  type: "checkbox",
  fields: {},
  fits: (_, value) => typeof value === "boolean",
  draw: drawCheckbox,
};

function drawCheckbox(drawing: Drawing): TemplateResult {
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
