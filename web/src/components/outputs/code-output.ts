/** Code: plain while it grows, highlighted once it is complete. */
import { html, ReactiveElement } from "lit";
import { nullable, text } from "../../contract/decode.ts";
import type { Json } from "../../contract/json.ts";
import type { Output } from "../../contract/output.ts";
import { words } from "../../words.ts";
import { GrowingText } from "../growing-text.ts";
import { inScrollBox } from "./scroll-box.ts";
import type { OutputKind } from "./types.ts";
import { copyWritten, writtenIn } from "./written.ts";

interface CodeOutput extends Output {
  readonly language: string | null;
}

export const KIND: OutputKind<CodeOutput> = {
  type: "code",
  fields: { language: nullable(text) },
  draw: (drawing) =>
    inScrollBox(
      drawing,
      html`<gs-code-output
        .text=${writtenIn(drawing.value)}
        .language=${drawing.output.language ?? ""}
        .streaming=${drawing.isActive}
      ></gs-code-output>`,
    ),
  tools: copyWritten,
  describe: ({ value }) => countLines(value),
};

function countLines(value: Json): string {
  if (typeof value !== "string" || value === "") return "";
  return words.size.lines(value.replace(/\n$/, "").split("\n").length);
}

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
    // Highlighted code is no longer one text node: later text needs a new element.
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
    pre.dir = "ltr";
    pre.append(this.code);
    this.replaceChildren(pre);
  }

  private async colour(): Promise<void> {
    const { text } = this;
    const engine = await import("../highlight/engine.ts");
    if (text !== this.text || this.streaming) return;
    this.coloured = text;
    await engine.highlight(this.code, this.language);
  }
}

customElements.define("gs-code-output", CodeOutputElement);
