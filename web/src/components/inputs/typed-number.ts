/** A number in a text field: every digit that is typed is kept, and what is half typed is left alone. */
import { noChange } from "lit";
import { setCommittedValue } from "lit/directive-helpers.js";
import { Directive, directive, type PropertyPart } from "lit/directive.js";

/** A whole number that a double cannot hold is a bigint, as in a value that the server sent. */
export type Typed = number | bigint;

/** The number in a field; null when it is empty or no number yet. */
export function readTyped(element: HTMLInputElement): Typed | null {
  const typed = element.valueAsNumber;
  if (!Number.isFinite(typed)) return null;
  return /^-?\d+$/.test(element.value) && !Number.isSafeInteger(typed) ? BigInt(element.value) : typed;
}

/** Whether a value can stand in a field: infinity, which a link can have, cannot. */
export function isTypable(value: unknown): value is Typed {
  return typeof value === "bigint" || (typeof value === "number" && Number.isFinite(value));
}

/** Sets the `value` of a field without clearing what is half typed, such as a single minus sign. */
class TypedNumber extends Directive {
  override render(value: Typed | null): string {
    return value === null ? "" : String(value);
  }

  override update(part: PropertyPart, [value]: [Typed | null]): unknown {
    const element = part.element as HTMLInputElement;
    // Lit compares with what it set last, since when a visitor may have typed.
    setCommittedValue(part);
    if (value === null && element.validity.badInput) return noChange;
    return Object.is(readTyped(element), value) ? noChange : this.render(value);
  }
}

export const typedNumber = directive(TypedNumber);
