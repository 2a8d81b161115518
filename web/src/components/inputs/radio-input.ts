import type { TemplateResult } from "lit";
import type { RadioInput } from "../../contract/input.ts";
import { sameJson } from "../../contract/json.ts";
import { fieldGroup, type Drawing } from "./field.ts";
import { drawOptions } from "./options.ts";

export function drawRadio(drawing: Drawing<RadioInput>): TemplateResult {
  const { input, value, change } = drawing;
  const control = drawOptions({
    input,
    choices: input.choices,
    type: "radio",
    isChosen: (choice) => sameJson(choice.value, value),
    choose: (choice) => {
      change(choice.value);
    },
  });
  return fieldGroup(drawing, control);
}
