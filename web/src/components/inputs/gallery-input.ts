/** Several pictures: chosen, dropped or pasted, shown in an order that can be changed, each with its caption. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { live } from "lit/directives/live.js";
import { flag, nullable, number, text } from "../../contract/decode.ts";
import { isList, isMapping, type Json } from "../../contract/json.ts";
import { words } from "../../words.ts";
import { englishGallery, type GalleryWords } from "../../words/gallery/en.ts";
import { icon } from "../icon.ts";
import { fieldGroup } from "./field.ts";
import { FileSeries, type Listed } from "./file-series.ts";
import { accept, fitsUpload, type ChosenInput, type FileRules } from "./upload-rules.ts";
import type { InputKind } from "./types.ts";
import "../../style/gallery-input.css";

interface GalleryInput extends ChosenInput {
  readonly captions: boolean;
}

export const KIND: InputKind<GalleryInput> = {
  type: "gallery",
  fields: {
    accept,
    max_size: nullable(number),
    captions: flag,
    placeholder: nullable(text),
  },
  fits: (input, value) => isList(value) && value.every((one) => one !== null && fitsUpload(input, one)),
  takesFile: true,
  draw: ({ input, value, mistake, change }, uploads) =>
    html`<gs-gallery-input
      .input=${input}
      .value=${value}
      .mistake=${mistake}
      .change=${change}
      .uploads=${uploads}
    ></gs-gallery-input>`,
};

/** What is dragged within a field, so that files from elsewhere are not taken for it. */
const DRAGGED = "application/x-gradstream-place";

class GalleryInputElement extends FileSeries<GalleryInput> {
  static override properties = { ...FileSeries.properties, said: { state: true } };
  /** Read aloud: where a picture has gone. */
  declare said: string;
  protected override readonly isMultiple = true;
  protected override readonly isFolder = false;
  protected override readonly rules: FileRules = {
    accept: "image/*",
    typesOf: (type) => [type],
    refusal: (name, isNarrowed) =>
      isNarrowed ? words.pictures.refused(name) : words.pictures.otherKind(name),
  };
  /** Object URLs of files that are shown. */
  private readonly urls = new Map<Blob, string>();

  constructor() {
    super();
    this.said = "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.release(() => true);
  }

  protected override valueFor(each: Listed, file: string): Json {
    const caption = captionOf(each);
    return caption === "" ? { file } : { file, caption };
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.release((source) => !this.listed.some((each) => each.source === source));
  }

  override render(): TemplateResult {
    const area = this.area(galleryWords().invitation, this.input.label);
    return fieldGroup(
      this.drawing,
      html`${area}${this.list()}${this.problemLines()}
        <p class="visually-hidden" aria-live="polite">${this.said}</p>`,
      this.listed.length === 0 ? nothing : words.size.pictures(this.listed.length),
    );
  }

  private list(): unknown {
    if (this.listed.length === 0) return nothing;
    return html`<ol class="picture-list">
      ${repeat(
        this.listed,
        ({ sending }) => sending,
        (each, place) => this.item(each, place),
      )}
    </ol>`;
  }

  private item(each: Listed, place: number): TemplateResult {
    return html`<li
      draggable="true"
      @dragstart=${(event: DragEvent) => event.dataTransfer?.setData(DRAGGED, String(place))}
      @dragover=${(event: DragEvent) => {
        if (event.dataTransfer?.types.includes(DRAGGED) === true) event.preventDefault();
      }}
      @drop=${(event: DragEvent) => {
        this.dropAt(event, place);
      }}
    >
      ${this.picture(each)} ${this.progressOf(each)} ${this.captionField(each)}
      <div class="picture-tools">
        ${this.moveButton(each, place, place - 1)} ${this.moveButton(each, place, place + 1)}
        ${this.removeButton(each)}
      </div>
    </li>`;
  }

  private picture(each: Listed): TemplateResult {
    const url = each.source === null ? this.uploads.pictures.addressOf(each.given) : this.urlOf(each.source);
    if (url === null) return html`<span class="picture-name" dir="auto">${each.name}</span>`;
    return html`<img src=${url} alt=${each.name} draggable="false" />`;
  }

  private captionField(each: Listed): unknown {
    if (!this.input.captions) return nothing;
    return html`<input
      class="field"
      placeholder=${galleryWords().caption}
      aria-label=${galleryWords().captionOf(each.name)}
      .value=${live(captionOf(each))}
      @input=${(event: Event) => {
        this.amend(each, { given: { caption: (event.target as HTMLInputElement).value } });
        this.hand();
      }}
    />`;
  }

  private moveButton(each: Listed, from: number, to: number): TemplateResult {
    const isEarlier = to < from;
    const name = isEarlier ? galleryWords().earlier : galleryWords().later;
    return html`<button
      class="tool ${isEarlier ? "earlier" : "later"}"
      type="button"
      title=${name}
      aria-label=${galleryWords().moved(name, each.name)}
      aria-disabled=${to < 0 || to >= this.listed.length ? "true" : nothing}
      @click=${() => {
        this.move(from, to);
      }}
    >
      ${icon("up")}
    </button>`;
  }

  /** Put a picture in the place of another one. The button that was pressed goes with it and keeps the focus. */
  private move(from: number, to: number): void {
    const moved = this.listed[from];
    if (moved === undefined || to < 0 || to >= this.listed.length || from === to) return;
    const focused = this.ownerDocument.activeElement;
    this.listed = this.listed.toSpliced(from, 1).toSpliced(to, 0, moved);
    this.said = galleryWords().placed(moved.name, to + 1, this.listed.length);
    this.hand();
    void this.updateComplete.then(() => {
      if (focused instanceof HTMLElement && this.contains(focused)) focused.focus();
    });
  }

  private dropAt(event: DragEvent, place: number): void {
    const from = event.dataTransfer?.getData(DRAGGED) ?? "";
    if (from === "") return;
    event.preventDefault();
    this.move(Number(from), place);
  }

  private urlOf(source: Blob): string {
    const url = this.urls.get(source) ?? URL.createObjectURL(source);
    this.urls.set(source, url);
    return url;
  }

  private release(isGone: (source: Blob) => boolean): void {
    for (const [source, url] of this.urls) {
      if (!isGone(source)) continue;
      URL.revokeObjectURL(url);
      this.urls.delete(source);
    }
  }
}

function captionOf({ given }: Listed): string {
  return isMapping(given) && typeof given.caption === "string" ? given.caption : "";
}

function galleryWords(): GalleryWords {
  return words.gallery ?? englishGallery;
}

customElements.define("gs-gallery-input", GalleryInputElement);
