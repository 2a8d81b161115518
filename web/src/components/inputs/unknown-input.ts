import { html, type TemplateResult } from "lit";
import type { UnknownInput } from "../../contract/input.ts";
import { labelOf, type Drawing } from "./field.ts";

/** The server is newer than the page that is open: say so, and keep the rest working. */
export function drawUnknown({ input }: Drawing<UnknownInput>): TemplateResult {
  return html`<div class="field-box">
    <div class="label">${labelOf(input)}</div>
    <p class="unknown">
      This page does not know inputs of type “${input.kind}” yet. Reload the page to get the newest.
    </p>
  </div>`;
}
