/** A list of choices with a native control each: radio buttons, or boxes where several may hold. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Choice, Input } from "../../contract/input.ts";
import { idOf } from "./field.ts";

export interface Options {
  readonly input: Input;
  readonly choices: readonly Choice[];
  readonly type: "radio" | "checkbox";
  readonly isChosen: (choice: Choice) => boolean;
  readonly choose: (choice: Choice, isOn: boolean) => void;
}

export function drawOptions({ input, choices, type, isChosen, choose }: Options): TemplateResult {
  return html`<div class="options">
    ${choices.map(
      (choice) =>
        html`<label class="option">
          <input
            type=${type}
            name=${idOf(input)}
            .checked=${live(isChosen(choice))}
            @change=${(event: Event) => {
              choose(choice, (event.target as HTMLInputElement).checked);
            }}
          />
          <span class="option-name"
            >${choice.label}${choice.description === null ? nothing : html`<small>${choice.description}</small>`}</span
          >
        </label>`,
    )}
  </div>`;
}
