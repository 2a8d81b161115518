import { html, nothing, type TemplateResult } from "lit";
import type { NumberInput } from "../../contract/input.ts";
import { describedBy, field, idOf, invalid, type Drawing } from "./field.ts";
import { typedNumber } from "./typed-number.ts";

export function drawNumber(drawing: Drawing<NumberInput>): TemplateResult {
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
    .valueAsNumber=${typedNumber(typeof value === "number" ? value : null)}
    @input=${(event: InputEvent) => {
      const typed = (event.target as HTMLInputElement).valueAsNumber;
      change(Number.isNaN(typed) ? null : typed);
    }}
  />`;
  return field(drawing, control, rangeNote(input));
}

function rangeNote({ minimum, maximum }: NumberInput): unknown {
  if (minimum !== null && maximum !== null) return `${minimum} to ${maximum}`;
  if (minimum !== null) return `from ${minimum}`;
  return maximum === null ? nothing : `up to ${maximum}`;
}
