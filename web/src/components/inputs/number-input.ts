import { html, nothing, type TemplateResult } from "lit";
import { flag, nullable, number, otherwise, text } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import { words } from "../../words.ts";
import { describedBy, field, idOf, invalid } from "./field.ts";
import { isTypable, readTyped, typedNumber } from "./typed-number.ts";
import type { Drawing, InputKind } from "./types.ts";

interface NumberInput extends InputKeys {
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly step: number | null;
  readonly integer: boolean;
  readonly placeholder: string | null;
}

export const KIND: InputKind<NumberInput> = {
  type: "number",
  fields: {
    minimum: nullable(number),
    maximum: nullable(number),
    step: nullable(number),
    // Null where the file says nothing of it: the number is handed over as it is written.
    integer: otherwise(flag, false),
    placeholder: nullable(text),
  },
  fits: (_, value) => value === null || isTypable(value),
  draw: drawNumber,
};

function drawNumber(drawing: Drawing<NumberInput>): TemplateResult {
  const { input, value, change } = drawing;
  const control = html`<input
    class="field figures"
    id=${idOf(input)}
    type="number"
    inputmode=${input.integer ? "numeric" : "decimal"}
    min=${input.minimum ?? nothing}
    max=${input.maximum ?? nothing}
    step=${input.step ?? (input.integer ? 1 : "any")}
    placeholder=${input.placeholder ?? nothing}
    ?required=${input.required}
    aria-describedby=${describedBy(drawing)}
    aria-invalid=${invalid(drawing)}
    .value=${typedNumber(isTypable(value) ? value : null)}
    @input=${(event: InputEvent) => {
      change(readTyped(event.target as HTMLInputElement));
    }}
  />`;
  return field(drawing, control, rangeNote(input));
}

function rangeNote({ minimum, maximum }: NumberInput): unknown {
  if (minimum !== null && maximum !== null) return words.inputs.between(minimum, maximum);
  if (minimum !== null) return words.inputs.from(minimum);
  return maximum === null ? nothing : words.inputs.upTo(maximum);
}
