/** Sets the value of a number field without clearing what is half typed, such as a single minus sign. */
import { noChange } from "lit";
import { Directive, directive, type PropertyPart } from "lit/directive.js";

class TypedNumber extends Directive {
  override render(value: number | null): number {
    return value ?? NaN;
  }

  override update(part: PropertyPart, [value]: [number | null]): unknown {
    const element = part.element as HTMLInputElement;
    if (value === null && element.validity.badInput) return noChange;
    return Object.is(element.valueAsNumber, value ?? NaN) ? noChange : this.render(value);
  }
}

export const typedNumber = directive(TypedNumber);
