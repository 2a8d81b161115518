/**
 * Sound or a video from the visitor: chosen, dropped or recorded, sent at once, previewed and cut to a part.
 *
 *     file | recording --send--> id --measured, trimmed--> {"file": id, "start_s"?, "end_s"?}
 */
import { html, nothing, type TemplateResult } from "lit";
import type { AudioInput, VideoInput } from "../../contract/input.ts";
import type { Json } from "../../contract/json.ts";
import type { InputMistake } from "../../contract/problem.ts";
import { admits, recordingFormat, type Medium } from "../../media-capture/formats.ts";
import { ALL, valueOf, type Trim } from "../../state/trim.ts";
import type { Undo } from "../../transport/types.ts";
import { icon } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import "./capture.ts";
import type { CaptureElement } from "./capture.ts";
import "./clip-preview.ts";
import type { Uploads } from "./draw-input.ts";
import { describedBy, fieldGroup, invalid, labelOf, type Drawing } from "./field.ts";

interface Clip {
  readonly name: string;
  readonly url: string;
  /** How much has been sent; 1 when the server has it. */
  readonly fraction: number;
  /** What the server calls it; null until it has it. */
  readonly file: string | null;
  readonly trim: Trim;
}

const WORDS: Readonly<
  Record<Medium, { readonly drop: string; readonly not: string; readonly here: string }>
> = {
  audio: { drop: "Drop a sound, or click to choose", not: "is no sound", here: "A sound is chosen." },
  video: { drop: "Drop a video, or click to choose", not: "is no video", here: "A video is chosen." },
};
const DEVICES: Readonly<Record<Medium, string>> = { audio: "microphone", video: "webcam" };
const BYTES_PER_MB = 1_000_000;

class RecordingInput extends LightElement {
  static override properties = {
    input: { attribute: false },
    value: { attribute: false },
    mistake: { attribute: false },
    clip: { state: true },
    problem: { state: true },
    isOver: { state: true },
    isCapturing: { state: true },
  };
  declare input: AudioInput | VideoInput;
  declare value: Json;
  declare mistake: InputMistake | undefined;
  declare change: (value: Json) => void;
  declare uploads: Uploads;
  declare clip: Clip | null;
  declare problem: string;
  declare isOver: boolean;
  declare isCapturing: boolean;
  private sending = new AbortController();
  private forgetRun: Undo = () => undefined;

  constructor() {
    super();
    this.clip = null;
    this.problem = "";
    this.isOver = false;
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
    this.letGo();
  }

  protected override willUpdate(): void {
    // An example took the value away: the preview goes with it.
    if (this.value === null && this.clip !== null && this.clip.file !== null) this.letGo();
  }

  override render(): TemplateResult {
    const problem = this.problem === "" ? nothing : html`<p class="mistake" role="alert">${this.problem}</p>`;
    return fieldGroup(
      this.drawing,
      html`<div
          class="recording ${this.isOver ? "over" : ""}"
          @dragover=${this.dragOver}
          @dragleave=${this.dragLeave}
          @drop=${this.drop}
        >
          ${this.isCapturing ? nothing : this.content()} ${this.capture()}
        </div>
        ${problem}`,
    );
  }

  private get medium(): Medium {
    return this.input.type;
  }

  private get drawing(): Drawing<AudioInput | VideoInput> {
    const { input, value, mistake, change } = this;
    return { input, value, mistake, change };
  }

  private content(): unknown {
    if (this.clip !== null) return this.preview(this.clip);
    if (this.value !== null) return this.chosen(WORDS[this.medium].here);
    return this.input.sources.includes("upload") ? this.zone() : nothing;
  }

  private zone(): TemplateResult {
    return html`<div class="drop drop-low">
      <span class="drop-words"
        >${icon("upload")}<span>${this.input.placeholder ?? WORDS[this.medium].drop}</span></span
      >
      <input
        class="drop-file"
        type="file"
        accept=${this.input.accept ?? `${this.medium}/*`}
        aria-label="Choose a file for ${labelOf(this.input)}"
        aria-describedby=${describedBy(this.drawing)}
        aria-invalid=${invalid(this.drawing)}
        @change=${this.choose}
      />
    </div>`;
  }

  private preview({ name, url, fraction, file, trim }: Clip): TemplateResult {
    const progress = html`<progress max="1" .value=${fraction} aria-label="Uploading ${name}"></progress>`;
    return html`<gs-clip-preview
        class="clip"
        .medium=${this.medium}
        .url=${url}
        .name=${labelOf(this.input)}
        .trim=${trim}
        .longestS=${this.input.max_duration}
        .choose=${this.take}
      ></gs-clip-preview>
      ${file === null ? progress : nothing} ${this.chosen(name)}`;
  }

  /** The name of what is there, and the way to be rid of it. */
  private chosen(name: string): TemplateResult {
    return html`<div class="clip-row">
      <span class="clip-name">${name}</span>
      <button
        class="tool"
        type="button"
        title="Remove"
        aria-label="Remove what was chosen for ${labelOf(this.input)}"
        @click=${this.takeAway}
      >
        ${icon("cross")}
      </button>
    </div>`;
  }

  private capture(): unknown {
    if (!this.input.sources.includes(DEVICES[this.medium])) return nothing;
    const format = this.format();
    if (format === null) return nothing;
    const isEmpty = this.clip === null && this.value === null;
    return html`<gs-capture
      class=${isEmpty && this.input.sources[0] !== "upload" ? "capture first" : "capture"}
      .medium=${this.medium}
      .format=${format}
      .longestS=${this.input.max_duration}
      .name=${labelOf(this.input)}
      .again=${!isEmpty}
      .taken=${this.takeRecording}
      .refused=${this.refuse}
      .busy=${this.notice}
    ></gs-capture>`;
  }

  private format(): string | null {
    if (typeof MediaRecorder === "undefined") return null;
    const { medium, input } = this;
    return recordingFormat(medium, input.accept, (format) => MediaRecorder.isTypeSupported(format));
  }

  private readonly notice = (isBusy: boolean): void => {
    this.isCapturing = isBusy;
  };

  private readonly refuse = (words: string): void => {
    this.problem = words;
  };

  private readonly takeRecording = (recording: Promise<File | null>): void => {
    const sent = recording.then((file) => {
      this.isCapturing = false;
      if (file === null) this.problem = "Nothing was recorded.";
      else if (this.admit(file)) return this.send(file);
      return undefined;
    });
    this.uploads.await(sent);
  };

  private readonly dragOver = (event: DragEvent): void => {
    if (!this.input.sources.includes("upload")) return;
    event.preventDefault();
    this.isOver = true;
  };

  private readonly dragLeave = (): void => {
    this.isOver = false;
  };

  private readonly drop = (event: DragEvent): void => {
    if (!this.input.sources.includes("upload")) return;
    event.preventDefault();
    this.isOver = false;
    this.receive(event.dataTransfer?.files[0]);
  };

  private readonly choose = (event: Event): void => {
    const target = event.target as HTMLInputElement;
    this.receive(target.files?.[0]);
    // The same file chosen once more is a change again.
    target.value = "";
  };

  private readonly takeAway = async (): Promise<void> => {
    this.letGo();
    this.change(null);
    // The button that was pressed goes away with the clip.
    await new Promise(requestAnimationFrame);
    await this.updateComplete;
    this.querySelector<HTMLElement>("input, button")?.focus();
  };

  private receive(file: File | undefined): void {
    if (file !== undefined && this.admit(file)) this.uploads.await(this.send(file));
  }

  /** Make room for a file, or say why it is not taken. */
  private admit(file: File): boolean {
    this.letGo();
    this.problem = this.objection(file);
    return this.problem === "";
  }

  private objection(file: File): string {
    const { accept, max_size: most } = this.input;
    if (!admits(accept, this.medium, file))
      return `${file.name} ${WORDS[this.medium].not} that is taken here.`;
    if (most === null || file.size <= most) return "";
    const found = (file.size / BYTES_PER_MB).toFixed(1);
    return `${file.name} has ${found} MB; at most ${(most / BYTES_PER_MB).toFixed(1)} MB are taken.`;
  }

  private async send(file: File): Promise<void> {
    const sending = new AbortController();
    this.sending = sending;
    this.clip = { name: file.name, url: URL.createObjectURL(file), fraction: 0, file: null, trim: ALL };
    const progress = (fraction: number): void => {
      if (!sending.signal.aborted) this.amend({ fraction });
    };
    try {
      const id = await this.uploads.api.upload(file, progress, sending.signal);
      if (sending.signal.aborted) return;
      // The value first: a clip with an id and without a value is one that was taken away.
      this.change(valueOf(id, this.clip.trim));
      this.value = valueOf(id, this.clip.trim);
      this.amend({ fraction: 1, file: id });
    } catch (reason) {
      if (sending.signal.aborted) return;
      this.letGo();
      this.problem = `${file.name} could not be sent. ${reason instanceof Error ? reason.message : ""}`;
    }
  }

  private readonly take = (trim: Trim, isRest: boolean): void => {
    this.amend({ trim });
    const file = this.clip?.file ?? null;
    if (isRest && file !== null) this.change(valueOf(file, trim));
  };

  private amend(change: Partial<Clip>): void {
    if (this.clip !== null) this.clip = { ...this.clip, ...change };
  }

  private letGo(): void {
    this.sending.abort();
    if (this.clip !== null) URL.revokeObjectURL(this.clip.url);
    this.clip = null;
    this.problem = "";
  }
}

customElements.define("gs-recording-input", RecordingInput);
