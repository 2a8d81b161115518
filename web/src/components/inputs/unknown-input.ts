import { html, type TemplateResult } from "lit";
import { labelOf } from "./field.ts";
import type { Drawing, InputKind } from "./types.ts";

/** Stands for every kind that a newer server has and the open page does not know; everything else keeps working. */
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
    <p class="unknown">
      This page does not know inputs of type “${input.type}” yet. Reload the page to get the newest.
    </p>
  </div>`;
}
