import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { flag, json, nullable, number, otherwise, text } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import { describedBy, field, idOf, invalid, labelOf } from "./field.ts";
import type { Drawing, InputKind, Uploads } from "./types.ts";

interface TextInput extends InputKeys {
  readonly lines: number;
  readonly password: boolean;
  readonly max_length: number | null;
  readonly placeholder: string | null;
}

export const KIND: InputKind<TextInput> = {
  type: "text",
  fields: {
    // An empty field and one that was never filled look the same and mean the same.
    default: otherwise(json, ""),
    lines: number,
    password: flag,
    max_length: nullable(number),
    placeholder: nullable(text),
  },
  fits: (_, value) => typeof value === "string",
  isSecret: ({ password }) => password,
  inLink: "plain",
  draw: drawText,
  compose: composeText,
};

function drawText(drawing: Drawing<TextInput>): TemplateResult {
  const { input, value } = drawing;
  const written = typeof value === "string" ? value : "";
  const isLong = input.lines > 1 && !input.password;
  const control = isLong ? manyLines(drawing, written) : oneLine(drawing, written);
  return field(drawing, control, count(written, input.max_length));
}

function oneLine(drawing: Drawing<TextInput>, written: string): TemplateResult {
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
    .value=${live(written)}
    @input=${(event: InputEvent) => {
      change((event.target as HTMLInputElement).value);
    }}
  />`;
}

function manyLines(drawing: Drawing<TextInput>, written: string): TemplateResult {
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
    .value=${live(written)}
    @input=${(event: InputEvent) => {
      change((event.target as HTMLTextAreaElement).value);
    }}
  ></textarea>`;
}

function composeText(drawing: Drawing<TextInput>, _: Uploads, placeholder: string): TemplateResult {
  const { input, value, change } = drawing;
  return html`<textarea
    class="field"
    id=${idOf(input)}
    rows="1"
    maxlength=${input.max_length ?? nothing}
    placeholder=${input.placeholder ?? placeholder}
    aria-label=${labelOf(input)}
    aria-describedby=${describedBy(drawing)}
    aria-invalid=${invalid(drawing)}
    .value=${live(typeof value === "string" ? value : "")}
    @input=${(event: Event) => {
      change((event.target as HTMLTextAreaElement).value);
    }}
  ></textarea>`;
}

/** Length in code points, as the server counts. */
function count(written: string, most: number | null): unknown {
  return most === null ? nothing : `${Array.from(written).length} / ${most}`;
}
