/** A color: the browser's picker, and beside it a field in which the same color can be typed or pasted. */
import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Json } from "../../contract/json.ts";
import { words } from "../../words.ts";
import { describedBy, field, idOf, invalid, labelOf } from "./field.ts";
import type { Drawing, InputKind } from "./types.ts";

const BLACK = "#000000";
const COLOR_TEXT = /^#[0-9a-f]{6}$/;

export const KIND: InputKind = {
  type: "color",
  fields: {},
  fits: (_, value) => typeof value === "string" && readColor(value) === value,
  inLink: "plain",
  draw: drawColor,
};

function drawColor(drawing: Drawing): TemplateResult {
  const { input, value, change } = drawing;
  const now = readColor(value) ?? BLACK;
  const control = html`<div class="color">
    <input
      class="color-picker"
      id=${idOf(input)}
      type="color"
      aria-describedby=${describedBy(drawing)}
      aria-invalid=${invalid(drawing)}
      .value=${live(now)}
      @input=${(event: Event) => {
        change((event.target as HTMLInputElement).value);
      }}
    />
    <input
      class="field color-text"
      type="text"
      spellcheck="false"
      autocomplete="off"
      aria-label=${words.inputs.colorText(labelOf(input))}
      .value=${live(now)}
      @change=${(event: Event) => {
        const target = event.target as HTMLInputElement;
        const typed = readColor(target.value);
        // What cannot be read is put back, as beside a slider.
        if (typed === null) target.value = now;
        else change(typed);
      }}
    />
  </div>`;
  return field(drawing, control);
}

/** The color in the form that the server has, from any form with three or six digits; null for anything else. */
function readColor(value: Json): string | null {
  if (typeof value !== "string") return null;
  const digits = value.trim().toLowerCase().replace(/^#/, "");
  const long = digits.length === 3 ? digits.replace(/./g, "$&$&") : digits;
  return COLOR_TEXT.test(`#${long}`) ? `#${long}` : null;
}
