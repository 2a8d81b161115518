import { ReactiveElement } from "lit";
import { GrowingText } from "../growing-text.ts";

/** Code: plain while it grows, coloured when it is whole. */
class CodeOutputElement extends ReactiveElement {
  static override properties = { text: {}, language: {}, streaming: { type: Boolean } };
  declare text: string;
  declare language: string;
  declare streaming: boolean;
  private code = document.createElement("code");
  private growing = new GrowingText(this.code);
  private coloured = "";

  constructor() {
    super();
    this.text = "";
    this.language = "";
    this.streaming = false;
  }

  protected override createRenderRoot(): HTMLElement {
    this.renew();
    return this;
  }

  protected override updated(): void {
    if (this.text === this.coloured) return;
    // Coloured code is not plain text any more: growing goes on in a fresh element.
    if (this.coloured !== "") this.renew();
    this.growing.show(this.text);
    if (!this.streaming && this.language !== "" && this.text !== "") void this.colour();
  }

  private renew(): void {
    this.code = document.createElement("code");
    this.growing = new GrowingText(this.code);
    this.coloured = "";
    const pre = document.createElement("pre");
    pre.tabIndex = 0;
    pre.append(this.code);
    this.replaceChildren(pre);
  }

  private async colour(): Promise<void> {
    const { text } = this;
    const engine = await import("../highlight/engine.ts");
    if (text !== this.text || this.streaming) return;
    this.coloured = text;
    this.code.textContent = text;
    await engine.highlight(this.code, this.language);
  }
}

customElements.define("gs-code-output", CodeOutputElement);
