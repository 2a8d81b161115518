/** A list of choices with a native control each: radio buttons, or checkboxes for several. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { json, nullable, record, text, type Decode } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import { sameJson, type Json } from "../../contract/json.ts";
import { idOf } from "./field.ts";

export interface Choice {
  readonly value: Json;
  readonly label: string;
  readonly description: string | null;
}

export interface Options {
  readonly input: InputKeys;
  readonly choices: readonly Choice[];
  /** The type of the HTML controls. */
  readonly type: string;
  readonly isChosen: (choice: Choice) => boolean;
  readonly choose: (choice: Choice, isOn: boolean) => void;
}

export const choice: Decode<Choice> = record<Choice>({
  value: json,
  label: text,
  description: nullable(text),
});

export function isOffered(choices: readonly Choice[], value: Json): boolean {
  return choices.some((each) => sameJson(each.value, value));
}

export function drawOptions({ input, choices, type, isChosen, choose }: Options): TemplateResult {
  return html`<div class="options">
    ${choices.map(
      (each) =>
        html`<label class="option">
          <input
            type=${type}
            name=${idOf(input)}
            .checked=${live(isChosen(each))}
            @change=${(event: Event) => {
              choose(each, (event.target as HTMLInputElement).checked);
            }}
          />
          <span class="option-name"
            >${each.label}${each.description === null ? nothing : html`<small>${each.description}</small>`}</span
          >
        </label>`,
    )}
  </div>`;
}
