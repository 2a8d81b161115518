import type { TemplateResult } from "lit";
import { list } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import { isList } from "../../contract/json.ts";
import { fieldGroup } from "./field.ts";
import { choice, drawSeveral, editing, isOffered, newlyChosen, type Choice } from "./options.ts";
import type { Drawing, InputKind } from "./types.ts";

interface CheckboxesInput extends InputKeys {
  readonly choices: readonly Choice[];
}

export const KIND: InputKind<CheckboxesInput> = {
  type: "checkboxes",
  fields: { choices: list(choice) },
  fits: ({ choices }, value) => isList(value) && value.every((one) => isOffered(choices, one)),
  selected: ({ choices }, before, value) => newlyChosen(choices, before, value),
  draw: drawCheckboxes,
};

function drawCheckboxes(drawing: Drawing<CheckboxesInput>): TemplateResult {
  const { input, value, change } = drawing;
  const chosen = isList(value) ? value : [];
  return fieldGroup(drawing, drawSeveral(input, input.choices, chosen, editing(chosen, change)));
}
