/** A picture from the visitor: chosen, dropped or pasted, sent at once, shown while it is sent. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Api } from "../../client/api.ts";
import type { ImageInput } from "../../contract/input.ts";
import { isMapping, type Json } from "../../contract/json.ts";
import type { InputMistake } from "../../contract/problem.ts";
import { icon } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import { describedBy, field, idOf, invalid, labelOf, type Drawing } from "./field.ts";

interface Upload {
  readonly name: string;
  readonly preview: string;
  readonly fraction: number;
  readonly isDone: boolean;
}

const BYTES_PER_MB = 1_000_000;

class ImageInputElement extends LightElement {
  static override properties = {
    input: { attribute: false },
    value: { attribute: false },
    mistake: { attribute: false },
    upload: { state: true },
    problem: { state: true },
    isOver: { state: true },
  };
  declare input: ImageInput;
  declare value: Json;
  declare mistake: InputMistake | undefined;
  declare change: (value: Json) => void;
  declare await: (upload: Promise<unknown>) => void;
  declare api: Api;
  declare upload: Upload | null;
  declare problem: string;
  declare isOver: boolean;
  private sending = new AbortController();

  constructor() {
    super();
    this.upload = null;
    this.problem = "";
    this.isOver = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.letGo();
  }

  protected override willUpdate(changed: PropertyValues): void {
    // An example or a link took the value away: the preview goes with it. Right after an upload it is not there yet.
    if (changed.has("value") && this.value === null && this.upload?.isDone === true) this.letGo();
  }

  override render(): TemplateResult {
    return field(this.drawing, html`${this.zone()}${this.problemLine()}`);
  }

  private get drawing(): Drawing<ImageInput> {
    const { input, value, mistake, change } = this;
    return { input, value, mistake, change };
  }

  private zone(): TemplateResult {
    return html`<div
      class="drop ${this.isOver ? "over" : ""}"
      @dragover=${this.dragOver}
      @dragleave=${this.dragLeave}
      @drop=${this.drop}
      @paste=${this.paste}
    >
      ${this.picture()}
      <input
        class="drop-file"
        id=${idOf(this.input)}
        type="file"
        accept=${this.input.accept ?? "image/*"}
        aria-describedby=${describedBy(this.drawing)}
        aria-invalid=${invalid(this.drawing)}
        @change=${this.choose}
      />
      ${this.isEmpty() ? nothing : this.removeButton()}
    </div>`;
  }

  private isEmpty(): boolean {
    return this.upload === null && this.value === null;
  }

  private picture(): TemplateResult {
    if (this.upload !== null) return this.preview(this.upload);
    const url = isMapping(this.value) && typeof this.value.url === "string" ? this.value.url : null;
    if (url !== null) return html`<img class="drop-picture" src=${url} alt="" />`;
    if (this.value !== null) return html`<span class="drop-words">A picture is chosen.</span>`;
    return html`<span class="drop-words"
      >${icon("upload")}<span
        >${this.input.placeholder ?? "Drop a picture, paste one, or click to choose"}</span
      ></span
    >`;
  }

  private preview({ preview, name, fraction, isDone }: Upload): TemplateResult {
    return html`<img class="drop-picture" src=${preview} alt=${name} />${
        isDone
          ? nothing
          : html`<progress
              class="drop-progress"
              max="1"
              .value=${fraction}
              aria-label="Uploading ${name}"
            ></progress>`
      }`;
  }

  private removeButton(): TemplateResult {
    const name = `Remove the picture of ${labelOf(this.input)}`;
    return html`<button
      class="tool drop-remove"
      type="button"
      title="Remove"
      aria-label=${name}
      @click=${this.takeAway}
    >
      ${icon("cross")}
    </button>`;
  }

  private problemLine(): unknown {
    return this.problem === "" ? nothing : html`<p class="mistake" role="alert">${this.problem}</p>`;
  }

  private readonly dragOver = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = true;
  };

  private readonly dragLeave = (): void => {
    this.isOver = false;
  };

  private readonly drop = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = false;
    this.take(event.dataTransfer?.files[0]);
  };

  private readonly paste = (event: ClipboardEvent): void => {
    this.take(event.clipboardData?.files[0]);
  };

  private readonly choose = (event: Event): void => {
    const target = event.target as HTMLInputElement;
    this.take(target.files?.[0]);
    // The same file chosen once more is a change again.
    target.value = "";
  };

  private readonly takeAway = (): void => {
    this.letGo();
    this.change(null);
  };

  private take(file: File | undefined): void {
    if (file === undefined) return;
    this.letGo();
    this.problem = this.objection(file);
    if (this.problem === "") this.await(this.send(file));
  }

  private objection(file: File): string {
    const most = this.input.max_size;
    if (!file.type.startsWith("image/")) return `${file.name} is not a picture.`;
    if (most === null || file.size <= most) return "";
    const found = (file.size / BYTES_PER_MB).toFixed(1);
    return `${file.name} has ${found} MB; at most ${(most / BYTES_PER_MB).toFixed(1)} MB are taken.`;
  }

  private async send(file: File): Promise<void> {
    const sending = new AbortController();
    this.sending = sending;
    const upload = { name: file.name, preview: URL.createObjectURL(file), fraction: 0, isDone: false };
    this.upload = upload;
    const progress = (fraction: number): void => {
      if (!sending.signal.aborted) this.upload = { ...upload, fraction };
    };
    try {
      const id = await this.api.upload(file, progress, sending.signal);
      if (sending.signal.aborted) return;
      this.upload = { ...upload, fraction: 1, isDone: true };
      this.change({ file: id });
    } catch (reason) {
      this.letGo();
      this.problem = `${file.name} could not be sent. ${reason instanceof Error ? reason.message : ""}`;
    }
  }

  private letGo(): void {
    this.sending.abort();
    if (this.upload !== null) URL.revokeObjectURL(this.upload.preview);
    this.upload = null;
    this.problem = "";
  }
}

customElements.define("gs-image-input", ImageInputElement);
