import { html, type TemplateResult } from "lit";
import type { OutputDrawing, OutputKind } from "./types.ts";

/** Stands for every kind that a newer server has and the open page does not know; everything else keeps working. */
export const UNKNOWN_OUTPUT: OutputKind = {
  type: "",
  fields: {},
  isEmpty: () => false,
  draw: drawUnknown,
};

function drawUnknown({ output }: OutputDrawing): TemplateResult {
  return html`<p class="unknown">
    This page does not know outputs of type “${output.type}” yet. Reload the page to get the newest.
  </p>`;
}
