/**
 * A recording from the visitor: a file, or made with the microphone or the camera; previewed and trimmed.
 *
 *     file | recording --send--> id --measured, trimmed--> {"file": id, "start_s"?, "end_s"?}
 */
import { shippedName } from "../../client/file-address.ts";
import { html, nothing, type TemplateResult } from "lit";
import { nullable, number, type Fields } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import type { Json } from "../../contract/json.ts";
import { hasPictures, type Medium } from "../../contract/medium.ts";
import { formatHere } from "../../media-capture/formats.ts";
import { ALL, valueOf, type Trim } from "../../state/trim.ts";
import type { Undo } from "../../transport/types.ts";
import { words } from "../../words.ts";
import { clipWords } from "./clip-words.ts";
import "./capture.ts";
import type { CaptureElement } from "./capture.ts";
import "./clip-preview.ts";
import { fieldGroup, labelOf } from "./field.ts";
import { UPLOAD_FIELDS, fitsUpload, type UploadInput, type FileRules } from "./upload-rules.ts";
import { FileZone, type Upload } from "./file-zone.ts";
import type { InputKind } from "./types.ts";
import "../../style/recording.css";

export interface RecordingInput extends UploadInput {
  /** In seconds. */
  readonly max_duration: number | null;
}

const RECORDING_FIELDS: Fields<Omit<RecordingInput, keyof InputKeys>> = {
  ...UPLOAD_FIELDS,
  max_duration: nullable(number),
};

/** What differs between the kinds of recording. */
export interface RecordingLook {
  readonly medium: Medium;
  /** The entry of the input's `sources` that allows recording. */
  readonly device: string;
  readonly rules: FileRules;
  /** The texts of an empty field and of a value without a preview. */
  readonly texts: () => { readonly invitation: string; readonly chosen: string };
}

export function recordingKind(type: string, look: RecordingLook): InputKind<RecordingInput> {
  return {
    type,
    fields: RECORDING_FIELDS,
    fits: fitsUpload,
    takesFile: true,
    draw: ({ input, value, mistake, change }, uploads) =>
      html`<gs-recording-input
        .look=${look}
        .input=${input}
        .value=${value}
        .mistake=${mistake}
        .change=${change}
        .uploads=${uploads}
      ></gs-recording-input>`,
  };
}

class RecordingInputElement extends FileZone<RecordingInput> {
  static override properties = {
    look: { attribute: false },
    trim: { state: true },
    isRecorded: { state: true },
    isCapturing: { state: true },
  };
  declare look: RecordingLook;
  declare trim: Trim;
  /** Whether the value was recorded here: a chosen file is replaced, not recorded again. */
  declare isRecorded: boolean;
  declare isCapturing: boolean;
  private forgetRun: Undo = () => undefined;

  constructor() {
    super();
    this.trim = ALL;
    this.isRecorded = false;
    this.isCapturing = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.forgetRun = this.uploads.beforeRun(this.input.name, () => {
      this.querySelector<CaptureElement>("gs-capture")?.finish();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forgetRun();
  }

  override render(): TemplateResult {
    const content = html`${this.isCapturing ? nothing : this.content()} ${this.capture()}`;
    const area = this.area("recording", content, { drop: this.takesFiles, paste: false });
    return fieldGroup(this.drawing, html`${area} ${this.problemLine()}`);
  }

  protected override get rules(): FileRules {
    return this.look.rules;
  }

  protected override valueFor(file: string): Json {
    return valueOf(file, this.trim);
  }

  protected override discard(): void {
    super.discard();
    this.trim = ALL;
    this.isRecorded = false;
  }

  private get takesFiles(): boolean {
    return this.input.sources.includes("upload");
  }

  private content(): unknown {
    if (this.upload !== null) return this.preview(this.upload);
    const address = this.uploads.pictures.addressOf(this.value);
    const name = shippedName(this.value) ?? this.look.texts().chosen;
    if (address !== null) return html`${this.player(address)} ${this.chosen(name)}`;
    if (this.value !== null) return this.chosen(name);
    return this.takesFiles ? this.zone() : nothing;
  }

  private zone(): TemplateResult {
    return html`<div class="drop drop-low">
      ${this.invitation(this.look.texts().invitation)}
      ${this.chooser({ label: words.files.chooseFor(labelOf(this.input)) })}
    </div>`;
  }

  private preview({ name, url, source, fraction, file }: Upload): TemplateResult {
    const progress = html`<progress
      max="1"
      .value=${fraction}
      aria-label=${words.files.uploading(name)}
    ></progress>`;
    return html`<gs-clip-preview
        class="clip"
        .medium=${this.look.medium}
        .url=${url}
        .source=${source}
        .name=${labelOf(this.input)}
        .trim=${this.trim}
        .longestS=${this.input.max_duration}
        .choose=${this.cut}
      ></gs-clip-preview>
      ${file === null ? progress : nothing} ${this.chosen(name)}`;
  }

  /** What a run has made or the demo brings along is played as it is: a part of it cannot be chosen. */
  private player(address: string): TemplateResult {
    const label = clipWords().preview(labelOf(this.input));
    return hasPictures(this.look.medium)
      ? html`<video
          class="clip-player"
          controls
          playsinline
          preload="metadata"
          src=${address}
          aria-label=${label}
        ></video>`
      : html`<audio
          class="clip-player"
          controls
          preload="metadata"
          src=${address}
          aria-label=${label}
        ></audio>`;
  }

  private chosen(name: string): TemplateResult {
    return html`<div class="clip-row">
      <span class="clip-name">${name}</span>
      ${this.removeButton("", words.files.removeFor(labelOf(this.input)))}
    </div>`;
  }

  private capture(): unknown {
    const { input, look } = this;
    const format = this.format();
    if (format === null || !input.sources.includes(look.device)) return nothing;
    return html`<gs-capture
      class=${this.isEmpty && input.sources[0] !== "upload" ? "capture first" : "capture"}
      .medium=${look.medium}
      .format=${format}
      .longestS=${input.max_duration}
      .name=${labelOf(input)}
      .again=${this.isRecorded && !this.isEmpty}
      .finished=${this.receiveRecording}
      .refused=${this.showRefusal}
      .busy=${this.noteCapture}
    ></gs-capture>`;
  }

  private format(): string | null {
    return formatHere(this.look.medium, this.input.accept);
  }

  private readonly noteCapture = (isBusy: boolean): void => {
    this.isCapturing = isBusy;
  };

  private readonly showRefusal = (problem: string): void => {
    this.problem = problem;
  };

  private readonly receiveRecording = (recording: Promise<File | null>): void => {
    const sent = recording.then((file) => {
      this.isCapturing = false;
      if (file === null) this.problem = words.inputs.nothingRecorded;
      else if (this.admit(file)) {
        this.isRecorded = true;
        return this.send(file);
      }
      return undefined;
    });
    this.uploads.await(sent);
  };

  /** `isRest` when no further change follows at once. */
  private readonly cut = (trim: Trim, isRest: boolean): void => {
    this.trim = trim;
    const file = this.upload?.file ?? null;
    if (isRest && file !== null) this.change(valueOf(file, trim));
  };
}

customElements.define("gs-recording-input", RecordingInputElement);
