import { html, type TemplateResult } from "lit";
import { words } from "../../words.ts";
import { labelOf } from "./field.ts";
import type { Drawing, InputKind } from "./types.ts";

/** Stands for all kinds that only a newer server has. The rest of the page keeps working. */
export const UNKNOWN_INPUT: InputKind = {
  type: "",
  fields: {},
  fits: () => true,
  inLink: "never",
  draw: drawUnknown,
};

function drawUnknown({ input }: Drawing): TemplateResult {
  return html`<div class="field-box">
    <div class="label">${labelOf(input)}</div>
    <p class="unknown">${words.inputs.unknown(input.type)}</p>
  </div>`;
}
