/** Draws a value by its kind, or as text with a note: no value leaves its card blank, or the rest of the page. */
import { html, type TemplateResult } from "lit";
import { asText, type Json } from "../../contract/json.ts";
import { words } from "../../words.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";

export function drawValue(kind: OutputKind, drawing: OutputDrawing): TemplateResult {
  const { value } = drawing;
  if (value !== null && kind.fits?.(value) === false) return drawAsText(value);
  try {
    return kind.draw(drawing);
  } catch (reason) {
    console.error("gradstream: a value could not be drawn", reason);
    return drawAsText(value);
  }
}

function drawAsText(value: Json): TemplateResult {
  return html`<p class="misfit">${words.outputs.misfit}</p>
    <pre class="said">${asText(value)}</pre>`;
}
