/** A list of choices with a native control each: radio buttons, or checkboxes for several. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { json, nullable, record, text, type Decode } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import { isList, sameJson, type Json, type JsonList } from "../../contract/json.ts";
import type { Selection } from "../../contract/page-event.ts";
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

/** The choice that is in a value, or in a list of values, and was not in the one before. */
export function newlyChosen(choices: readonly Choice[], before: Json, value: Json): Selection | null {
  const [old, now] = [listOf(before), listOf(value)];
  const index = choices.findIndex(
    (each) => now.some((one) => sameJson(one, each.value)) && !old.some((one) => sameJson(one, each.value)),
  );
  const chosen = choices[index];
  return chosen === undefined ? null : { index, value: chosen.value };
}

function listOf(value: Json): readonly Json[] {
  return isList(value) ? value : [value];
}

/** In the order of the choices, not of the clicks; values that are no choice come last. */
export function inOrder(choices: readonly Choice[], chosen: readonly Json[]): JsonList {
  const rank = (one: Json): number => {
    const index = choices.findIndex((each) => sameJson(each.value, one));
    return index < 0 ? choices.length : index;
  };
  return chosen.toSorted((one, other) => rank(one) - rank(other));
}

/** Make a list of what is chosen from the one that is there now. */
export type Edit = (make: (now: readonly Json[]) => readonly Json[]) => void;

/** Let several controls change one list: the next change may come before the last one is drawn. */
export function editing(chosen: readonly Json[], change: (value: Json) => void): Edit {
  let now = chosen;
  return (make) => {
    const next = make(now);
    if (next === now) return;
    now = next;
    change(now);
  };
}

/** Draw a checkbox for each choice, of which any number can be on. */
export function drawSeveral(
  input: InputKeys,
  choices: readonly Choice[],
  chosen: readonly Json[],
  edit: Edit,
): TemplateResult {
  return drawOptions({
    input,
    choices,
    type: "checkbox",
    isChosen: (each) => chosen.some((one) => sameJson(one, each.value)),
    choose: (each, isOn) => {
      edit((now) => {
        const others = now.filter((one) => !sameJson(one, each.value));
        return isOn ? inOrder(choices, [...others, each.value]) : others;
      });
    },
  });
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
