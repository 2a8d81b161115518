/** A text that stands for a value: what a visitor has typed stays as it is while it means the same. */
import { noChange } from "lit";
import { Directive, directive, type PropertyPart } from "lit/directive.js";

class TypedText extends Directive {
  override render(...[written]: [string, (typed: string) => boolean]): string {
    return written;
  }

  override update(part: PropertyPart, [written, means]: [string, (typed: string) => boolean]): unknown {
    const { value } = part.element as HTMLTextAreaElement;
    return value === written || means(value) ? noChange : this.render(written, means);
  }
}

export const typedText = directive(TypedText);
