/** A date or a time in the browser's own field: what is half typed is left alone. */
import { noChange } from "lit";
import { Directive, directive, type PropertyPart } from "lit/directive.js";

/** Sets the `value` of a field without clearing what is half typed, such as a day without its year. */
class TypedMoment extends Directive {
  override render(value: string): string {
    return value;
  }

  override update(part: PropertyPart, [value]: [string]): unknown {
    const element = part.element as HTMLInputElement;
    if (value === "" && element.validity.badInput) return noChange;
    return element.value === value ? noChange : this.render(value);
  }
}

export const typedMoment = directive(TypedMoment);
