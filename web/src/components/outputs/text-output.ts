import { ReactiveElement } from "lit";
import { GrowingText } from "../growing-text.ts";

/** Text as it is, growing by appending. */
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
