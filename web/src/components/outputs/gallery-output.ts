/** Pictures side by side; one that is pressed fills the screen, and the arrow keys lead to the next. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { blobPath } from "../../client/address.ts";
import { list, nullable, number, record, text, whereFitting } from "../../contract/decode.ts";
import { isList, type Json } from "../../contract/json.ts";
import type { Output } from "../../contract/output.ts";
import { blob, readValue, type Blob } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import { styled } from "../styled.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";
import "../../style/pictures.css";

interface GalleryOutput extends Output {
  /** How many stand side by side; null for as many as fit. */
  readonly columns: number | null;
}

interface Item {
  readonly image: Blob;
  readonly caption: string | null;
}

const items = list(whereFitting(record<Item>({ image: blob, caption: nullable(text) })));

export const KIND: OutputKind<GalleryOutput> = {
  type: "gallery",
  fields: { columns: nullable(number) },
  fits: (value) => isList(value) && readItems(value).length === value.length,
  isEmpty: (value) => value === null || (isList(value) && value.length === 0),
  draw: ({ output, value, run, select }: OutputDrawing<GalleryOutput>) =>
    html`<gs-gallery-output
      .items=${readItems(value)}
      .run=${run ?? ""}
      .name=${output.label}
      .columns=${output.columns}
      .select=${select}
    ></gs-gallery-output>`,
  describe: ({ value }) => words.size.pictures(readItems(value).length),
};

function readItems(value: Json): readonly Item[] {
  return (readValue(items, value) ?? []).filter((item) => item !== null);
}

class GalleryOutputElement extends LitElement {
  static override properties = {
    items: {},
    run: {},
    name: {},
    columns: {},
    select: {},
    open: { state: true },
  };
  declare items: readonly Item[];
  declare run: string;
  declare name: string;
  declare columns: number | null;
  declare select: OutputDrawing["select"];
  /** The picture that fills the screen; null for none. */
  declare open: number | null;

  constructor() {
    super();
    this.items = [];
    this.run = "";
    this.name = "";
    this.columns = null;
    this.select = null;
    this.open = null;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(): void {
    const dialog = this.querySelector("dialog");
    if (this.open !== null && dialog?.open === false) dialog.showModal();
  }

  protected override render(): TemplateResult {
    return html`<ul
        class="gallery"
        ${styled(this.columns === null ? {} : { "--columns": String(this.columns) })}
      >
        ${this.items.map(
          (item, index) =>
            html`<li>
              <button
                class="gallery-item"
                @click=${() => {
                  this.open = index;
                  this.select?.({ index, value: item.caption });
                }}
              >
                <img src=${blobPath(this.run, item.image.blob)} alt=${this.nameOf(index)} loading="lazy" />
                ${
                  item.caption === null
                    ? nothing
                    : html`<span class="caption" dir="auto">${item.caption}</span>`
                }
              </button>
            </li>`,
        )}
      </ul>
      ${this.open === null ? nothing : this.drawLarge(this.open)}`;
  }

  private drawLarge(index: number): TemplateResult {
    const item = this.items[index];
    const url = item === undefined ? "" : blobPath(this.run, item.image.blob);
    return html`<dialog
      class="gallery-large"
      aria-label=${this.nameOf(index)}
      @keydown=${this.turn}
      @close=${() => {
        this.open = null;
      }}
    >
      <img src=${url} alt=${this.nameOf(index)} />
      <p class="caption" dir="auto" aria-live="polite">${this.nameOf(index)}</p>
      <form method="dialog">
        <button class="tool" title=${words.outputs.close} aria-label=${words.outputs.close}>
          ${icon("cross")}
        </button>
      </form>
    </dialog>`;
  }

  private readonly turn = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0 || this.open === null) return;
    event.preventDefault();
    this.open = (this.open + step + this.items.length) % this.items.length;
  };

  private nameOf(index: number): string {
    return this.items[index]?.caption ?? words.outputs.numbered(this.name, index + 1, this.items.length);
  }
}

customElements.define("gs-gallery-output", GalleryOutputElement);
