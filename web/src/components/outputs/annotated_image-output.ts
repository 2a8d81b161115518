/** A picture with boxes and masks over it; the areas of a label stand out when it is pressed. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { blobPath } from "../../client/address.ts";
import { list, nullable, number, record, text, whereFitting } from "../../contract/decode.ts";
import { isMapping, type Json } from "../../contract/json.ts";
import { blob, readValue, type Blob } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { styled } from "../styled.ts";
import { toneOf } from "./tones.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";
import "../../style/pictures.css";

interface Area {
  readonly box: readonly number[] | null;
  readonly mask: Blob | null;
  readonly label: string | null;
}

const areas = list(
  whereFitting(record<Area>({ box: nullable(list(number)), mask: nullable(blob), label: nullable(text) })),
);

export const KIND: OutputKind = {
  type: "annotated_image",
  fields: {},
  fits: (value) => pictureOf(value) !== null && areasOf(value) !== null,
  draw: ({ output, value, run, select }: OutputDrawing) =>
    html`<gs-annotated-image-output
      .picture=${pictureOf(value)}
      .areas=${areasOf(value) ?? []}
      .run=${run ?? ""}
      .name=${output.label}
      .select=${select}
    ></gs-annotated-image-output>`,
  describe: ({ value }) => words.size.areas(areasOf(value)?.length ?? 0),
};

function pictureOf(value: Json): Blob | null {
  return isMapping(value) ? readValue(blob, value.image) : null;
}

function areasOf(value: Json): readonly Area[] | null {
  const found = isMapping(value) ? readValue(areas, value.areas) : null;
  if (found === null || found.includes(null)) return null;
  return found.filter((area) => area !== null);
}

class AnnotatedImageOutputElement extends LitElement {
  static override properties = {
    picture: {},
    areas: {},
    run: {},
    name: {},
    select: {},
    chosen: { state: true },
  };
  declare picture: Blob | null;
  declare areas: readonly Area[];
  declare run: string;
  declare name: string;
  declare select: OutputDrawing["select"];
  /** The label whose areas stand out; null for all alike. */
  declare chosen: string | null;

  constructor() {
    super();
    this.picture = null;
    this.areas = [];
    this.run = "";
    this.name = "";
    this.select = null;
    this.chosen = null;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { picture } = this;
    if (picture === null) return nothing;
    const labels = [...new Set(this.areas.map(({ label }) => label ?? ""))];
    return html`<div class="annotated" dir="ltr" ?data-chosen=${this.chosen !== null}>
        <img
          src=${blobPath(this.run, picture.blob)}
          width=${picture.width ?? nothing}
          height=${picture.height ?? nothing}
          alt=${this.name}
        />
        ${this.areas.map((area) => this.drawArea(area, toneOf(area.label ?? "", labels), picture))}
      </div>
      ${this.drawLegend(
        labels.filter((label) => label !== ""),
        labels,
      )}`;
  }

  private drawArea({ box, mask, label }: Area, tone: string, picture: Blob): TemplateResult {
    const state = (label ?? "") === this.chosen ? "chosen" : "";
    if (mask !== null) {
      const image = `url("${blobPath(this.run, mask.blob)}")`;
      return html`<span class="area-mask ${tone} ${state}" ${styled({ "mask-image": image })}></span>`;
    }
    const [left = 0, top = 0, right = 0, bottom = 0] = box ?? [];
    const across = (pixels: number): string => `${(100 * pixels) / (picture.width ?? 1)}%`;
    const down = (pixels: number): string => `${(100 * pixels) / (picture.height ?? 1)}%`;
    const place = {
      left: across(left),
      top: down(top),
      width: across(right - left),
      height: down(bottom - top),
    };
    return html`<span class="area-box ${tone} ${state}" ${styled(place)}>
      ${label === null ? nothing : html`<span class="area-label" dir="auto">${label}</span>`}
    </span>`;
  }

  private drawLegend(shown: readonly string[], labels: readonly string[]): TemplateResult | typeof nothing {
    if (shown.length === 0) return nothing;
    return html`<ul class="legend" aria-label=${words.outputs.legend}>
      ${shown.map(
        (label) =>
          html`<li class=${toneOf(label, labels)}>
            <button
              type="button"
              class="legend-button"
              dir="auto"
              aria-pressed=${this.chosen === label}
              @click=${() => {
                this.chosen = this.chosen === label ? null : label;
                const index = this.areas.findIndex((area) => area.label === label);
                if (this.chosen !== null) this.select?.({ index, value: label });
              }}
            >
              ${label}
              <span class="figures">${this.areas.filter((area) => area.label === label).length}</span>
            </button>
          </li>`,
      )}
    </ul>`;
  }
}

customElements.define("gs-annotated-image-output", AnnotatedImageOutputElement);
