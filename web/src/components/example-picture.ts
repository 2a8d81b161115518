/** A picture among the values of an example, in small, with what is painted on it. */
import { html, nothing, type TemplateResult } from "lit";
import { absolute, demoFilePath } from "../client/address.ts";
import { shippedPath } from "../client/file-address.ts";
import type { Preview } from "../contract/input.ts";
import type { Json } from "../contract/json.ts";
import { LightElement } from "./light-element.ts";
import { styled } from "./styled.ts";
import "../style/example-picture.css";

class ExamplePicture extends LightElement {
  static override properties = { demo: { attribute: false }, preview: { attribute: false } };
  /** The address of the demo that has the files. */
  declare demo: string;
  declare preview: Preview;

  override render(): TemplateResult {
    const mask = this.addressOf(this.preview.mask);
    return html`<img
        src=${this.addressOf(this.preview.picture) ?? nothing}
        alt=""
        loading="lazy"
        decoding="async"
      />
      ${mask === null ? nothing : html`<span ${styled({ "--mask": `url("${absolute(mask)}")` })}></span>`}`;
  }

  private addressOf(value: Json): string | null {
    const path = shippedPath(value);
    return path === null ? null : demoFilePath(this.demo, path);
  }
}

customElements.define("gs-example-picture", ExamplePicture);
