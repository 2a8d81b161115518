/** What surrounds every input: label, note, description and error. */
import { html, nothing, type TemplateResult } from "lit";
import type { InputKeys } from "../../contract/input.ts";
import type { InputMistake } from "../../contract/problem.ts";
import { words } from "../../words.ts";
import "../prose.ts";
import { drawTicked } from "../ticked.ts";
import type { Drawing } from "./types.ts";

export function idOf(input: InputKeys): string {
  return `in-${input.name}`;
}

export function labelOf(input: InputKeys): string {
  return input.label === "" ? input.name : input.label;
}

/** For aria-describedby: the ids of the description and the error, if present. */
export function describedBy({ input, mistake }: Drawing): string | typeof nothing {
  const ids = [
    ...(input.description === null ? [] : [`${idOf(input)}-help`]),
    ...(mistake === undefined ? [] : [`${idOf(input)}-mistake`]),
  ];
  return ids.length === 0 ? nothing : ids.join(" ");
}

export function invalid({ mistake }: Drawing): "true" | typeof nothing {
  return mistake === undefined ? nothing : "true";
}

export function field(drawing: Drawing, control: TemplateResult, note: unknown = nothing): TemplateResult {
  const { input } = drawing;
  return html`<div class="field-box">
    <div class="label">
      <label for=${idOf(input)} dir="auto">${labelOf(input)}${requiredMark(input)}</label>
      <span class="note">${note}</span>
    </div>
    ${control} ${below(drawing)}
  </div>`;
}

/** For inputs of several controls: a fieldset with a legend. */
export function fieldGroup(
  drawing: Drawing,
  control: TemplateResult,
  note: unknown = nothing,
): TemplateResult {
  const { input } = drawing;
  return html`<fieldset
    class="field-box"
    id=${idOf(input)}
    tabindex="-1"
    aria-describedby=${describedBy(drawing)}
    aria-invalid=${invalid(drawing)}
  >
    <legend class="label">
      <span dir="auto">${labelOf(input)}${requiredMark(input)}</span>
      ${note === nothing ? nothing : html`<span class="note">${note}</span>`}
    </legend>
    ${control} ${below(drawing)}
  </fieldset>`;
}

export function below({ input, mistake }: Drawing): TemplateResult {
  const id = idOf(input);
  return html`${
    input.description === null
      ? nothing
      : html`<gs-prose class="help" id="${id}-help" .text=${input.description}></gs-prose>`
  }${
    mistake === undefined
      ? nothing
      : html`<p class="mistake" id="${id}-mistake">${drawTicked(sentence(mistake))}</p>`
  }`;
}

export function requiredMark({ required }: InputKeys): unknown {
  return required
    ? html`<span class="required" title=${words.inputs.required} aria-label=${words.inputs.required}>
        *</span
      >`
    : nothing;
}

function sentence({ message, repair }: InputMistake): string {
  if (repair === null || repair === "") return message;
  return message.endsWith(".") ? `${message} ${repair}` : `${message}; ${repair}`;
}
