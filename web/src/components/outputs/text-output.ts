/** Text as it is, growing by appending. */
import { html, ReactiveElement } from "lit";
import { GrowingText } from "../growing-text.ts";
import { inScrollBox } from "./scroll-box.ts";
import type { OutputKind } from "./types.ts";
import { copyWritten, describeWritten, writtenIn } from "./written.ts";

export const KIND: OutputKind = {
  type: "text",
  fields: {},
  draw: (drawing) =>
    inScrollBox(
      drawing,
      html`<gs-text-output dir="auto" .text=${writtenIn(drawing.value)}></gs-text-output>`,
    ),
  tools: copyWritten,
  describe: describeWritten,
};

class TextOutputElement extends ReactiveElement {
  static override properties = { text: {} };
  declare text: string;
  private readonly growing = new GrowingText(this);

  constructor() {
    super();
    this.text = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(): void {
    this.growing.show(this.text);
  }
}

customElements.define("gs-text-output", TextOutputElement);
