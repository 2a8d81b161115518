import { html, type TemplateResult } from "lit";
import { words } from "../../words.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";

/** Stands for all kinds that only a newer server has. The rest of the page keeps working. */
export const UNKNOWN_OUTPUT: OutputKind = {
  type: "",
  fields: {},
  isEmpty: () => false,
  draw: drawUnknown,
};

function drawUnknown({ output }: OutputDrawing): TemplateResult {
  return html`<p class="unknown">${words.outputs.unknown(output.type)}</p>`;
}
