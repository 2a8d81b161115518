import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { flag, nullable, number } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import { isList, type Json } from "../../contract/json.ts";
import { words } from "../../words.ts";
import { styled } from "../styled.ts";
import { describedBy, field, fieldGroup, idOf, invalid, labelOf } from "./field.ts";
import { drawFigures, drawHandles, moveEnd, type Ends } from "./slider-range.ts";
import { isTypable, readTyped, type Typed } from "./typed-number.ts";
import type { Drawing, InputKind } from "./types.ts";

interface SliderInput extends InputKeys {
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number | null;
  readonly integer: boolean;
  readonly range: boolean;
}

export const KIND: InputKind<SliderInput> = {
  type: "slider",
  fields: { minimum: number, maximum: number, step: nullable(number), integer: flag, range: flag },
  fits: (input, value) => (input.range ? endsOf(input, value) !== null : isWithin(input, value)),
  draw: (drawing) => (drawing.input.range ? drawRange(drawing) : drawOne(drawing)),
};

function drawRange(drawing: Drawing<SliderInput>): TemplateResult {
  const { input, value, change } = drawing;
  const ends = endsOf(input, value) ?? [input.minimum, input.maximum];
  let now = ends;
  const move = (which: 0 | 1, to: Typed): Ends => {
    // The next change may come before this one is drawn.
    now = moveEnd(now, which, to);
    change(now);
    return now;
  };
  const range = { input, step: stepOf(input), ends, move };
  return fieldGroup(drawing, drawHandles(range), drawFigures(range));
}

/** Both ends of a range, the lower one first; null for any other value. */
function endsOf(input: SliderInput, value: Json): Ends | null {
  if (!isList(value) || value.length !== 2) return null;
  const [low = null, high = null] = value;
  return isWithin(input, low) && isWithin(input, high) && low <= high ? [low, high] : null;
}

function isWithin({ minimum, maximum }: SliderInput, value: Json): value is Typed {
  return isTypable(value) && value >= minimum && value <= maximum;
}

function drawOne(drawing: Drawing<SliderInput>): TemplateResult {
  const { input, value, change } = drawing;
  const now = isTypable(value) ? value : input.minimum;
  const moved = (event: Event): void => {
    change((event.target as HTMLInputElement).valueAsNumber);
  };
  const control = html`<input
    id=${idOf(input)}
    type="range"
    min=${input.minimum}
    max=${input.maximum}
    step=${stepOf(input)}
    ${styled({ "--at": String(share(input, Number(now))) })}
    aria-describedby=${describedBy(drawing)}
    aria-invalid=${invalid(drawing)}
    .valueAsNumber=${live(Number(now))}
    @input=${moved}
  />`;
  return field(drawing, control, figure(drawing, now));
}

/** The value beside the label can be typed too, for precision. */
function figure({ input, change }: Drawing<SliderInput>, now: Typed): TemplateResult {
  const typed = (event: Event): void => {
    const target = event.target as HTMLInputElement;
    const found = readTyped(target);
    if (found === null) target.value = String(now);
    else if (found < input.minimum) change(input.minimum);
    else change(found > input.maximum ? input.maximum : found);
  };
  return html`<input
    class="figure figures"
    type="number"
    min=${input.minimum}
    max=${input.maximum}
    step=${stepOf(input)}
    aria-label=${words.inputs.valueOf(labelOf(input))}
    .value=${live(String(now))}
    @change=${typed}
  />`;
}

/** Without a step from the demo, about a hundred steps of a round size. */
function stepOf({ step, integer, minimum, maximum }: SliderInput): number {
  if (step !== null || integer || maximum <= minimum) return step ?? 1;
  return Number((10 ** Math.floor(Math.log10((maximum - minimum) / 100))).toPrecision(1));
}

function share({ minimum, maximum }: SliderInput, now: number): number {
  return maximum === minimum ? 0 : (now - minimum) / (maximum - minimum);
}
