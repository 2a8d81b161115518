/** Two handles on one track. Each is a control of its own, so keys and screen readers move them one by one. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { InputKeys } from "../../contract/input.ts";
import { words } from "../../words.ts";
import { styled } from "../styled.ts";
import { labelOf } from "./field.ts";
import { readTyped, type Typed } from "./typed-number.ts";

export type Ends = readonly [Typed, Typed];

export interface RangeDrawing {
  readonly input: InputKeys & { readonly minimum: number; readonly maximum: number };
  readonly step: number;
  readonly ends: Ends;
  /** Move one end, and return where both are then. */
  readonly move: (which: 0 | 1, to: Typed) => Ends;
}

const ENDS = [0, 1] as const;

/** Both handles; neither can pass the other. */
export function drawHandles({ input, step, ends, move }: RangeDrawing): TemplateResult {
  const place = (end: Typed): string => String(share(input, Number(end)));
  return html`<div class="handles" ${styled({ "--from": place(ends[0]), "--at": place(ends[1]) })}>
    ${ENDS.map(
      (which) =>
        html`<input
          type="range"
          min=${input.minimum}
          max=${input.maximum}
          step=${step}
          aria-label=${nameOf(input, which)}
          .valueAsNumber=${live(Number(ends[which]))}
          @input=${(event: Event) => {
            const target = event.target as HTMLInputElement;
            // A handle that would pass the other stays where it is: the value does not change, so nothing is drawn.
            target.valueAsNumber = Number(move(which, target.valueAsNumber)[which]);
          }}
        />`,
    )}
  </div>`;
}

/** Both numbers beside the label can be typed too, for precision. */
export function drawFigures({ input, step, ends, move }: RangeDrawing): TemplateResult {
  return html`${ENDS.map(
    (which) =>
      html`${which === 1 ? html`<span aria-hidden="true"> – </span>` : nothing}<input
          class="figure figures"
          type="number"
          min=${input.minimum}
          max=${input.maximum}
          step=${step}
          aria-label=${words.inputs.valueOf(nameOf(input, which))}
          .value=${live(String(ends[which]))}
          @change=${(event: Event) => {
            const target = event.target as HTMLInputElement;
            const typed = readTyped(target);
            if (typed === null) target.value = String(ends[which]);
            else move(which, within(input, typed));
          }}
        />`,
  )}`;
}

function nameOf(input: InputKeys, which: 0 | 1): string {
  return which === 0 ? words.inputs.lowest(labelOf(input)) : words.inputs.highest(labelOf(input));
}

export function moveEnd([low, high]: Ends, which: 0 | 1, to: Typed): Ends {
  if (which === 0) return [to > high ? high : to, high];
  return [low, to < low ? low : to];
}

function within({ minimum, maximum }: RangeDrawing["input"], number: Typed): Typed {
  if (number < minimum) return minimum;
  return number > maximum ? maximum : number;
}

function share({ minimum, maximum }: RangeDrawing["input"], now: number): number {
  return maximum === minimum ? 0 : (now - minimum) / (maximum - minimum);
}
