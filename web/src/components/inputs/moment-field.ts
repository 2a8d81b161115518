/** The shared part of kinds that the browser's own calendar or clock fills: a date, a time, or both. */
import { html, nothing, type TemplateResult } from "lit";
import { nullable, text } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import type { Json } from "../../contract/json.ts";
import { words } from "../../words.ts";
import { describedBy, field, idOf, invalid } from "./field.ts";
import { typedMoment } from "./typed-moment.ts";
import type { Drawing, InputKind } from "./types.ts";

interface MomentInput extends InputKeys {
  readonly minimum: string | null;
  readonly maximum: string | null;
}

export interface MomentForm {
  readonly type: string;
  /** The type of the HTML control. */
  readonly control: string;
  /** What the server sends, and takes. */
  readonly form: RegExp;
}

export function momentKind({ type, control, form }: MomentForm): InputKind<MomentInput> {
  return {
    type,
    fields: { minimum: nullable(text), maximum: nullable(text) },
    fits: (_, value) => value === null || (typeof value === "string" && form.test(value)),
    inLink: "plain",
    draw: (drawing) => drawMoment(drawing, control),
  };
}

function drawMoment(drawing: Drawing<MomentInput>, type: string): TemplateResult {
  const { input, value, change } = drawing;
  const hasSeconds = [value, input.minimum, input.maximum].some(namesSeconds);
  const control = html`<input
    class="field figures"
    id=${idOf(input)}
    type=${type}
    min=${input.minimum ?? nothing}
    max=${input.maximum ?? nothing}
    step=${hasSeconds ? "1" : nothing}
    ?required=${input.required}
    aria-describedby=${describedBy(drawing)}
    aria-invalid=${invalid(drawing)}
    .value=${typedMoment(typeof value === "string" ? value : "")}
    @input=${(event: Event) => {
      const { value } = event.target as HTMLInputElement;
      change(value === "" ? null : value);
    }}
  />`;
  return field(drawing, control, rangeNote(input));
}

/** Whether there are seconds to show: the browser leaves them out of its field otherwise. */
function namesSeconds(value: Json): boolean {
  return typeof value === "string" && /:\d\d:(?!00)\d\d$/.test(value);
}

function rangeNote({ minimum, maximum }: MomentInput): unknown {
  if (minimum !== null && maximum !== null) return words.inputs.between(minimum, maximum);
  if (minimum !== null) return words.inputs.from(minimum);
  return maximum === null ? nothing : words.inputs.upTo(maximum);
}
