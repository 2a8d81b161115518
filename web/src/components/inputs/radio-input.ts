import type { TemplateResult } from "lit";
import { list } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import { sameJson } from "../../contract/json.ts";
import { fieldGroup } from "./field.ts";
import { choice, drawOptions, isOffered, newlyChosen, type Choice } from "./options.ts";
import type { Drawing, InputKind } from "./types.ts";

interface RadioInput extends InputKeys {
  readonly choices: readonly Choice[];
}

export const KIND: InputKind<RadioInput> = {
  type: "radio",
  fields: { choices: list(choice) },
  fits: ({ choices }, value) => value === null || isOffered(choices, value),
  selected: ({ choices }, before, value) => newlyChosen(choices, before, value),
  draw: drawRadio,
};

function drawRadio(drawing: Drawing<RadioInput>): TemplateResult {
  const { input, value, change } = drawing;
  const control = drawOptions({
    input,
    choices: input.choices,
    type: "radio",
    isChosen: (each) => sameJson(each.value, value),
    choose: (each) => {
      change(each.value);
    },
  });
  return fieldGroup(drawing, control);
}
