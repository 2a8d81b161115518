import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { TextInput } from "../../contract/input.ts";
import { describedBy, field, idOf, invalid, type Drawing } from "./field.ts";

export function drawText(drawing: Drawing<TextInput>): TemplateResult {
  const { input, value } = drawing;
  const text = typeof value === "string" ? value : "";
  const control = input.lines > 1 && !input.password ? manyLines(drawing, text) : oneLine(drawing, text);
  return field(drawing, control, count(text, input.max_length));
}

function oneLine(drawing: Drawing<TextInput>, text: string): TemplateResult {
  const { input, change } = drawing;
  return html`<input
    class="field"
    id=${idOf(input)}
    type=${input.password ? "password" : "text"}
    autocomplete=${input.password ? "off" : nothing}
    placeholder=${input.placeholder ?? nothing}
    maxlength=${input.max_length ?? nothing}
    ?required=${input.required}
    aria-describedby=${describedBy(drawing)}
    aria-invalid=${invalid(drawing)}
    .value=${live(text)}
    @input=${(event: InputEvent) => {
      change((event.target as HTMLInputElement).value);
    }}
  />`;
}

function manyLines(drawing: Drawing<TextInput>, text: string): TemplateResult {
  const { input, change } = drawing;
  return html`<textarea
    class="field"
    id=${idOf(input)}
    rows=${input.lines}
    placeholder=${input.placeholder ?? nothing}
    maxlength=${input.max_length ?? nothing}
    ?required=${input.required}
    aria-describedby=${describedBy(drawing)}
    aria-invalid=${invalid(drawing)}
    .value=${live(text)}
    @input=${(event: InputEvent) => {
      change((event.target as HTMLTextAreaElement).value);
    }}
  ></textarea>`;
}

/** In code points, as the server counts. */
function count(text: string, most: number | null): unknown {
  return most === null ? nothing : `${Array.from(text).length} / ${most}`;
}
