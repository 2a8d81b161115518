/**
 * A picture from the visitor: a file, the clipboard, or made on the page, with a mask where the demo wants one.
 *
 *     file | clipboard | camera | screen | drawing --send--> {"file": id, "mask"?: id}
 *     an example of the demo -----------------------------> {"file": path, "mask"?: path}
 *
 * What makes a picture, or a mask, is a chunk of its own, which is loaded for fields that offer it.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { fileIn, shippedName, shippedPath } from "../../client/file-address.ts";
import { flag, nullable, number, record } from "../../contract/decode.ts";
import { isMapping, sameJson, type Json } from "../../contract/json.ts";
import { EXACT, pictureName, pictureType } from "../../media-capture/picture-format.ts";
import type { Undo } from "../../transport/types.ts";
import { words } from "../../words.ts";
import { icon, type IconName } from "../icon.ts";
import { field, fieldGroup, idOf, labelOf } from "./field.ts";
import { UPLOAD_FIELDS, fitsUpload, type UploadInput, type FileRules } from "./upload-rules.ts";
import { FileZone, type Upload } from "./file-zone.ts";
import { Resting } from "./resting.ts";
import type { Size, WriteDrawing } from "./sketch-pad.ts";
import type { InputKind } from "./types.ts";

interface ImageInput extends UploadInput {
  /** Whether visitors paint a mask on the picture. */
  readonly mask: boolean;
  /** The size of drawings; null where visitors choose it. */
  readonly canvas: Size | null;
}

export const KIND: InputKind<ImageInput> = {
  type: "image",
  fields: {
    ...UPLOAD_FIELDS,
    mask: flag,
    canvas: nullable(record<Size>({ width: number, height: number })),
  },
  fits: fitsUpload,
  takesFile: true,
  preview: (value) => (shippedPath(value) === null ? null : { picture: value, mask: maskIn(value) }),
  draw: ({ input, value, mistake, change }, uploads) =>
    html`<gs-image-input
      .input=${input}
      .value=${value}
      .mistake=${mistake}
      .change=${change}
      .uploads=${uploads}
    ></gs-image-input>`,
};

/** Sources that make a picture on the page. */
type Making = "camera" | "screen" | "sketch";

interface Maker {
  readonly source: Making;
  readonly sign: IconName;
  readonly label: () => string;
  readonly load: () => Promise<unknown>;
}

const loadSnapshot = (): Promise<unknown> => import("./snapshot.ts");
const loadSketch = (): Promise<unknown> => import("./sketch-pad.ts");
const loadMask = (): Promise<unknown> => import("./mask-pad.ts");

const MAKING: readonly Maker[] = [
  { source: "camera", sign: "camera", label: () => words.pictures.useCamera, load: loadSnapshot },
  { source: "sketch", sign: "pencil", label: () => words.pictures.draw, load: loadSketch },
  { source: "screen", sign: "screen", label: () => words.pictures.useScreen, load: loadSnapshot },
];

const MASK_NAME = "mask.png";

class ImageInputElement extends FileZone<ImageInput> {
  static override properties = { making: { state: true }, turn: { state: true } };
  /** What is open in place of the picture. */
  declare making: Making | null;
  /** Counts drawings: what was drawn before is not on the next one. */
  declare turn: number;
  /** The value that was set here; another comes from an example, a link, a reset or a run. */
  private handed: Json | undefined = undefined;
  /** The id of the mask; null when nothing is painted. */
  private mask: string | null = null;
  /** The address of the mask that an example, a default or a link has; what is painted here goes on from it. */
  private givenMask: string | null = null;
  private masking = new AbortController();
  private readonly resting = new Resting();
  private forgetRun: Undo = () => undefined;

  protected override readonly rules: FileRules = {
    accept: "image/*",
    typesOf: (type) => [type],
    refusal: (name, isNarrowed) =>
      isNarrowed ? words.pictures.refused(name) : words.pictures.otherKind(name),
  };

  constructor() {
    super();
    this.making = null;
    this.turn = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.takeMask(this.value);
    this.forgetRun = this.uploads.beforeRun(this.input.name, this.resting.now);
    // A browser asks for a screen only just after the click, so what asks is there before.
    for (const { load } of this.offered) void this.ready(load);
    if (this.input.mask) void this.ready(loadMask);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resting.drop();
    this.forgetRun();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const isOwn = this.handed !== undefined && sameJson(this.value, this.handed);
    if (!changed.has("value") || isOwn) return;
    this.handed = undefined;
    this.resting.drop();
    this.takeMask(this.value);
    this.turn += 1;
    this.making = this.isForDrawing && this.value === null ? "sketch" : null;
  }

  override render(): TemplateResult {
    const control = html`${this.making === null ? this.chosen() : nothing}${this.makers()}${this.problemLine()}`;
    // A label is for one control: the chooser, where that is all there is.
    return this.isPlain
      ? field(this.drawing, control)
      : fieldGroup(this.drawing, html`<div class="picture-field">${control}</div>`);
  }

  private takeMask(value: Json): void {
    this.masking.abort();
    const mask = maskIn(value);
    this.mask = mask?.file ?? null;
    this.givenMask = mask === null ? null : this.uploads.pictures.addressOf(mask);
  }

  protected override valueFor(file: string): Json {
    return this.mask === null ? { file } : { file, mask: this.mask };
  }

  protected override hand(value: Json): void {
    this.handed = value;
    super.hand(value);
  }

  protected override discard(): void {
    super.discard();
    this.takeMask(null);
  }

  private takes(source: string): boolean {
    return this.input.sources.includes(source);
  }

  private get offered(): typeof MAKING {
    return MAKING.filter(({ source }) => this.takes(source));
  }

  private get isPlain(): boolean {
    return this.offered.length === 0 && this.takes("upload") && !this.input.mask;
  }

  /** Whether there is nothing but a canvas, which is then always open. */
  private get isForDrawing(): boolean {
    return this.input.sources.join() === "sketch" && !this.input.mask;
  }

  /** The picture, or the place for one; nothing where pictures are made only, and there is none. */
  private chosen(): unknown {
    const ways = { drop: this.takes("upload"), paste: this.takes("paste") };
    if (this.isEmpty && !ways.drop && !ways.paste) return nothing;
    const address = this.upload?.url ?? this.uploads.pictures.addressOf(this.value);
    const isMasked = this.input.mask && address !== null;
    const content = html`${isMasked ? this.masked(address) : this.picture()}
    ${ways.drop && !isMasked ? this.chooser(this.named()) : nothing}
    ${this.isEmpty ? nothing : this.removeButton("drop-remove", words.pictures.remove(labelOf(this.input)))}`;
    return this.area(isMasked ? "masked" : "drop", content, ways);
  }

  private named(): { id?: string; label?: string } {
    return this.isPlain ? { id: idOf(this.input) } : { label: words.files.chooseFor(labelOf(this.input)) };
  }

  private picture(): TemplateResult {
    if (this.upload !== null) return drawPreview(this.upload);
    const name = shippedName(this.value) ?? words.pictures.chosen;
    const url = this.uploads.pictures.addressOf(this.value);
    if (url !== null) return html`<img class="drop-picture" src=${url} alt=${name} />`;
    if (this.value !== null) return html`<span class="drop-words">${name}</span>`;
    if (!this.takes("upload")) return this.pasteTarget();
    const { invitation, dropped } = words.pictures;
    return this.invitation(this.takes("paste") ? invitation : dropped);
  }

  /** Something to focus: what is pasted goes to the element that has the focus. */
  private pasteTarget(): TemplateResult {
    return html`<div class="drop-paste" tabindex="0" role="group" aria-label=${labelOf(this.input)}>
      ${this.invitation(words.pictures.pasted)}
    </div>`;
  }

  private masked(address: string): unknown {
    return keyed(
      `${this.turn} ${address}`,
      html`<gs-mask-pad
        .picture=${address}
        .mask=${this.givenMask}
        .name=${labelOf(this.input)}
        .drawn=${this.noteMask}
      ></gs-mask-pad>`,
    );
  }

  private makers(): unknown {
    const { making, input } = this;
    if (making === "sketch") return this.sketch();
    if (making !== null)
      return html`<gs-snapshot
        .source=${making}
        .accept=${input.accept}
        .name=${labelOf(input)}
        .finished=${this.finishSnapshot}
        .refused=${this.showRefusal}
      ></gs-snapshot>`;
    if (this.offered.length === 0) return nothing;
    const isFirst = this.isEmpty && this.offered.some(({ source }) => source === input.sources[0]);
    return html`<div class="picture-makers ${isFirst ? "first" : ""}">
      ${this.offered.map((each) => this.makerButton(each))}
    </div>`;
  }

  private makerButton({ source, sign, label, load }: Maker): TemplateResult {
    return html`<button
      class="small"
      type="button"
      aria-label=${words.inputs.forInput(label(), labelOf(this.input))}
      data-source=${source}
      @click=${async () => {
        this.problem = "";
        if (await this.ready(load)) this.making = source;
      }}
    >
      ${icon(sign)} ${label()}
    </button>`;
  }

  private sketch(): TemplateResult {
    const pad = html`<gs-sketch-pad
      .fixed=${this.input.canvas}
      .picture=${null}
      .name=${labelOf(this.input)}
      .drawn=${this.noteDrawing}
    ></gs-sketch-pad>`;
    return html`${keyed(this.turn, pad)}
    ${
      this.isForDrawing
        ? nothing
        : html`<button class="small" type="button" @click=${this.finishSketch}>
            ${words.pictures.done}
          </button>`
    }`;
  }

  private async ready(load: () => Promise<unknown>): Promise<boolean> {
    try {
      await load();
      return true;
    } catch {
      // The server is gone, or has another build by now.
      this.problem = words.page.incomplete;
      return false;
    }
  }

  private readonly finishSnapshot = (picture: File | null): void => {
    if (picture !== null) this.receive(picture);
    void this.leave();
  };

  private readonly finishSketch = (): void => {
    this.resting.now();
    this.turn += 1;
    void this.leave();
  };

  private async leave(): Promise<void> {
    const { making } = this;
    const { activeElement: focused, body } = document;
    const hadFocus = focused === body || this.contains(focused);
    this.making = null;
    await this.updateComplete;
    // The button that was pressed is gone: the one that opened it is there again.
    if (hadFocus) this.querySelector<HTMLElement>(`[data-source=${making ?? ""}]`)?.focus();
  }

  private readonly showRefusal = (reason: string): void => {
    this.problem = reason;
  };

  private readonly noteDrawing = (write: WriteDrawing): void => {
    this.resting.later(() => {
      this.uploads.await(this.sendDrawing(write));
    });
  };

  private async sendDrawing(write: WriteDrawing): Promise<void> {
    this.discard();
    if (write === null) {
      this.hand(null);
      return;
    }
    const drawing = await write(pictureType(this.input.accept, EXACT));
    const file = new File([drawing], pictureName("drawing", drawing.type), { type: drawing.type });
    if (this.admit(file)) await this.send(file);
  }

  private readonly noteMask = (write: WriteDrawing): void => {
    this.resting.later(() => {
      this.uploads.await(this.sendMask(write));
    });
  };

  private async sendMask(write: WriteDrawing): Promise<void> {
    this.masking.abort();
    const sending = new AbortController();
    this.masking = sending;
    try {
      const mask = write === null ? null : await this.uploadMask(await write("image/png"), sending.signal);
      if (sending.signal.aborted) return;
      this.mask = mask;
    } catch (reason) {
      if (sending.signal.aborted) return;
      this.problem = words.files.notSent(MASK_NAME, reason instanceof Error ? reason.message : "");
    }
    // A picture that is still being sent takes the mask with it.
    const file = fileIn(this.value);
    if (file !== "") this.hand(this.valueFor(file));
  }

  private uploadMask(mask: Blob, signal: AbortSignal): Promise<string> {
    const file = new File([mask], MASK_NAME, { type: mask.type });
    return this.uploads.api.upload(file, () => undefined, signal);
  }
}

/** The mask that a value names. */
function maskIn(value: Json): { readonly file: string } | null {
  return isMapping(value) && typeof value.mask === "string" ? { file: value.mask } : null;
}

function drawPreview({ url, name, fraction, file }: Upload): TemplateResult {
  const progress = html`<progress
    class="drop-progress"
    max="1"
    .value=${fraction}
    aria-label=${words.files.uploading(name)}
  ></progress>`;
  return html`<img class="drop-picture" src=${url} alt=${name} />${file === null ? progress : nothing}`;
}

customElements.define("gs-image-input", ImageInputElement);
