/** What every input has around it: label, note, description, and the mistake that was found in it. */
import { html, nothing, type TemplateResult } from "lit";
import type { Input } from "../../contract/input.ts";
import type { Json } from "../../contract/json.ts";
import type { InputMistake } from "../../contract/problem.ts";
import "../prose.ts";
import { drawTicked } from "../ticked.ts";

/** All that an input's drawing needs. */
export interface Drawing<T extends Input> {
  readonly input: T;
  readonly value: Json;
  readonly mistake: InputMistake | undefined;
  readonly change: (value: Json) => void;
}

export function idOf(input: Input): string {
  return `in-${input.name}`;
}

export function labelOf(input: Input): string {
  return input.label === "" ? input.name : input.label;
}

/** For aria-describedby: the description and the mistake, where they exist. */
export function describedBy({ input, mistake }: Drawing<Input>): string | typeof nothing {
  const ids = [
    ...(input.description === null ? [] : [`${idOf(input)}-help`]),
    ...(mistake === undefined ? [] : [`${idOf(input)}-mistake`]),
  ];
  return ids.length === 0 ? nothing : ids.join(" ");
}

export function invalid({ mistake }: Drawing<Input>): "true" | typeof nothing {
  return mistake === undefined ? nothing : "true";
}

export function field(
  drawing: Drawing<Input>,
  control: TemplateResult,
  note: unknown = nothing,
): TemplateResult {
  const { input } = drawing;
  return html`<div class="field-box">
    <div class="label">
      <label for=${idOf(input)}>${labelOf(input)}${requiredMark(input)}</label>
      <span class="note">${note}</span>
    </div>
    ${control} ${below(drawing)}
  </div>`;
}

/** For controls of several parts, which a legend names together. */
export function fieldGroup(drawing: Drawing<Input>, control: TemplateResult): TemplateResult {
  const { input } = drawing;
  return html`<fieldset
    class="field-box"
    id=${idOf(input)}
    tabindex="-1"
    aria-describedby=${describedBy(drawing)}
    aria-invalid=${invalid(drawing)}
  >
    <legend class="label">${labelOf(input)}${requiredMark(input)}</legend>
    ${control} ${below(drawing)}
  </fieldset>`;
}

export function below({ input, mistake }: Drawing<Input>): TemplateResult {
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

export function requiredMark({ required }: Input): unknown {
  return required ? html`<span class="required" title="required" aria-label="required"> *</span>` : nothing;
}

function sentence({ message, repair }: InputMistake): string {
  if (repair === null) return message;
  return message.endsWith(".") ? `${message} ${repair}` : `${message}; ${repair}`;
}
