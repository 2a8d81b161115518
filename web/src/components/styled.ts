/**
 * Sets CSS properties of an element, custom ones too: html`<li ${styled({ "--share": "0.5" })}>`.
 *
 * Lit's `styleMap` writes an attribute when it first draws, which the page's content security policy does not
 * allow: text that became markup could style the page. Properties that are set one by one are allowed.
 */
import { noChange } from "lit";
import { Directive, type ElementPart, type PartInfo, PartType, directive } from "lit/directive.js";

type Properties = Readonly<Record<string, string>>;

class StyledDirective extends Directive {
  private last: Properties = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError("styled");
  }

  override render(properties: Properties): unknown {
    this.last = properties;
    return noChange;
  }

  override update(part: ElementPart, [properties]: [Properties]): unknown {
    const { style } = part.element as HTMLElement | SVGElement;
    for (const name of Object.keys(this.last)) if (!(name in properties)) style.removeProperty(name);
    for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
    return this.render(properties);
  }
}

export const styled = directive(StyledDirective);
