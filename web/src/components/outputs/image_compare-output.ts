/** Two pictures, one over the other; the line between them follows the pointer and the arrow keys. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { blobPath } from "../../client/address.ts";
import { nullable, record } from "../../contract/decode.ts";
import { isMapping } from "../../contract/json.ts";
import { blob, readValue, type Blob } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { englishCompare, type CompareWords } from "../../words/compare/en.ts";
import { styled } from "../styled.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";
import "../../style/pictures.css";

interface Pair {
  readonly before: Blob | null;
  readonly after: Blob | null;
}

const pair = record<Pair>({ before: nullable(blob), after: nullable(blob) });

export const KIND: OutputKind = {
  type: "image_compare",
  fields: {},
  fits: (value) => hasPicture(readValue(pair, value)),
  isEmpty: (value) => value === null || (isMapping(value) && value.before === null && value.after === null),
  draw: ({ output, value, run }: OutputDrawing) =>
    html`<gs-image-compare-output
      .pair=${readValue(pair, value)}
      .run=${run ?? ""}
      .name=${output.label}
    ></gs-image-compare-output>`,
};

function hasPicture(found: Pair | null): boolean {
  return found !== null && (found.before !== null || found.after !== null);
}

class ImageCompareOutputElement extends LitElement {
  static override properties = { pair: {}, run: {}, name: {}, shown_percent: { state: true } };
  declare pair: Pair | null;
  declare run: string;
  declare name: string;
  /** How much of the first picture is shown, from its left edge. */
  declare shown_percent: number;

  constructor() {
    super();
    this.pair = null;
    this.run = "";
    this.name = "";
    this.shown_percent = 50;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { before, after } = this.pair ?? { before: null, after: null };
    const below = after ?? before;
    if (below === null) return nothing;
    if (before === null || after === null) return html`<div class="compare">${this.draw(below, "")}</div>`;
    return html`<div class="compare" dir="ltr" ${styled({ "--shown": `${this.shown_percent}%` })}>
      ${this.draw(after, "compare-after")} ${this.draw(before, "compare-before")}
      <span class="compare-line"></span>
      <input
        type="range"
        min="0"
        max="100"
        .value=${String(this.shown_percent)}
        aria-label=${compareWords().compare(this.name)}
        @input=${(event: Event) => {
          this.shown_percent = Number((event.target as HTMLInputElement).value);
        }}
      />
    </div>`;
  }

  private draw(picture: Blob, side: string): TemplateResult {
    const name = side === "compare-before" ? compareWords().before : side === "" ? "" : compareWords().after;
    return html`<img
      class=${side}
      src=${blobPath(this.run, picture.blob)}
      width=${picture.width ?? nothing}
      height=${picture.height ?? nothing}
      alt=${name === "" ? this.name : `${this.name}: ${name}`}
    />`;
  }
}

function compareWords(): CompareWords {
  return words.compare ?? englishCompare;
}

customElements.define("gs-image-compare-output", ImageCompareOutputElement);
