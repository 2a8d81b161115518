import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { below, describedBy, idOf, invalid, labelOf, requiredMark } from "./field.ts";
import type { Drawing, InputKind } from "./types.ts";

export const KIND: InputKind = {
  type: "toggle",
  fields: {},
  fits: (_, value) => typeof value === "boolean",
  draw: drawToggle,
};

function drawToggle(drawing: Drawing): TemplateResult {
  const { input, value, change } = drawing;
  return html`<div class="field-box">
    <label class="option switch">
      <span class="option-name" dir="auto">${labelOf(input)}${requiredMark(input)}</span>
      <input
        id=${idOf(input)}
        type="checkbox"
        role="switch"
        aria-describedby=${describedBy(drawing)}
        aria-invalid=${invalid(drawing)}
        .checked=${live(value === true)}
        @change=${(event: Event) => {
          change((event.target as HTMLInputElement).checked);
        }}
      />
    </label>
    ${below(drawing)}
  </div>`;
}
