/**
 * A message: text, and files that are attached, dropped, pasted or spoken, uploaded at once and shown above the text.
 *
 * The recorder is a chunk of its own, which is loaded where the demo takes a format in which this browser records.
 */
import { fileIn, madeAddress } from "../../client/file-address.ts";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { json, nullable, number, otherwise, text } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import { isList, isMapping, type Json, type JsonMapping } from "../../contract/json.ts";
import type { Undo } from "../../transport/types.ts";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import type { CaptureElement } from "./capture.ts";
import { describedBy, field, idOf, invalid, labelOf } from "./field.ts";
import { acceptOrAll, objectionTo, type FileRules } from "./upload-rules.ts";
import type { Drawing, InputKind, Uploads } from "./types.ts";
import "../../style/message.css";

interface MessageInput extends InputKeys {
  /** Suffixes and media types, separated by commas; "" for all. */
  readonly accept: string;
  readonly max_size: number | null;
  readonly max_length: number | null;
  readonly placeholder: string | null;
}

/** Demos that take no sound for sure do not load the recorder, which knows the formats. */
const MAY_BE_SOUND = /^$|audio\/|\./;

const EMPTY: Json = { text: "", files: [] };

export const KIND: InputKind<MessageInput> = {
  type: "message",
  fields: {
    default: otherwise(json, EMPTY),
    accept: acceptOrAll,
    max_size: nullable(number),
    max_length: nullable(number),
    placeholder: nullable(text),
  },
  fits: (_, value) => isMapping(value) && typeof value.text === "string" && isList(value.files ?? null),
  inLink: "never",
  draw: (drawing, uploads) => field(drawing, drawField(drawing, uploads, null), nothing),
  compose: drawField,
};

function drawField(
  { input, value, mistake, change }: Drawing<MessageInput>,
  uploads: Uploads,
  placeholder: string | null,
): TemplateResult {
  return html`<gs-message-field
    .input=${input}
    .value=${value}
    .mistake=${mistake}
    .change=${change}
    .uploads=${uploads}
    .invitation=${placeholder}
  ></gs-message-field>`;
}

const RULES: FileRules = {
  accept: "",
  typesOf: (type) => [type],
  refusal: (name) => words.files.any.refused(name),
};

/** A file that is attached; `file` is the id that the server assigned, null until it has all of it. */
interface Attached {
  readonly name: string;
  /** An object URL of a picture; "" for another file. */
  readonly picture: string;
  readonly fraction: number;
  readonly file: string | null;
  readonly sending: AbortController;
}

class MessageField extends LightElement {
  static override properties = {
    input: { attribute: false },
    value: { attribute: false },
    mistake: { attribute: false },
    invitation: { attribute: false },
    attached: { state: true },
    problems: { state: true },
    isOver: { state: true },
    recording: { state: true },
  };
  declare input: MessageInput;
  declare value: Json;
  declare mistake: Drawing["mistake"];
  declare change: (value: Json) => void;
  declare uploads: Uploads;
  /** What stands in the empty field if the demo says nothing else. */
  declare invitation: string | null;
  declare attached: readonly Attached[];
  declare problems: readonly string[];
  declare isOver: boolean;
  /** What the recorder does; null where there is none. */
  declare recording: "idle" | "busy" | null;
  /** The format in which this browser records; null where it has none that the demo takes. */
  private format: string | null = null;
  private forgetRun: Undo = () => undefined;

  constructor() {
    super();
    this.recording = null;
    this.attached = [];
    this.problems = [];
    this.isOver = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.forgetRun = this.uploads.beforeRun(this.input.name, () => {
      this.querySelector<CaptureElement>("gs-capture")?.finish();
    });
    if (MAY_BE_SOUND.test(this.input.accept)) void this.loadRecorder();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forgetRun();
    for (const each of this.attached) discard(each);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("value")) return;
    // A message that was sent, an example or a reload changed the value: what it does not have is not attached.
    const files = filesIn(this.value);
    const ids = files.map(fileIn);
    const kept = this.attached.filter(({ file }) => file === null || ids.includes(file));
    for (const each of this.attached) if (!kept.includes(each)) discard(each);
    const added = files.filter((each) => !kept.some(({ file }) => file === fileIn(each)));
    this.attached = [...kept, ...added.map(uploadedBefore)];
  }

  override render(): TemplateResult {
    return html`<div
      class="message-field ${this.isOver ? "over" : ""}"
      @dragover=${this.dragOver}
      @dragleave=${() => {
        this.isOver = false;
      }}
      @drop=${this.drop}
      @paste=${this.paste}
    >
      ${this.attachments()} ${this.problems.map((each) => html`<p class="mistake" role="alert">${each}</p>`)}
      <div class="message-row">${this.attachButton()} ${this.recorder()} ${this.textArea()}</div>
    </div>`;
  }

  private attachButton(): TemplateResult {
    const { accept } = this.input;
    return html`<label class="tool attach" title=${words.files.attach}>
      ${icon("clip")}
      <input
        class="drop-file"
        type="file"
        multiple
        accept=${accept === "" ? nothing : accept}
        aria-label=${words.files.attach}
        @change=${this.choose}
      />
    </label>`;
  }

  private async loadRecorder(): Promise<void> {
    try {
      const { formatHere } = await import("../../media-capture/formats.ts");
      await import("./capture.ts");
      const accept = this.input.accept === "" ? null : this.input.accept;
      this.format = formatHere("audio", accept);
      this.recording = "idle";
    } catch {
      // The server is gone, or has another build by now: files can still be attached.
    }
  }

  private recorder(): unknown {
    if (this.recording === null || this.format === null) return nothing;
    return html`<gs-capture
      class="message-recorder ${this.recording}"
      title=${this.recording === "idle" ? words.inputs.record : nothing}
      .medium=${"audio"}
      .format=${this.format}
      .longestS=${null}
      .name=${labelOf(this.input)}
      .finished=${this.receiveRecording}
      .refused=${this.showRefusal}
      .busy=${this.noteCapture}
    ></gs-capture>`;
  }

  private readonly receiveRecording = (recording: Promise<File | null>): void => {
    const attached = recording.then((file) => {
      this.recording = "idle";
      if (file === null) this.problems = [words.inputs.nothingRecorded];
      else return this.receive([file]);
      return undefined;
    });
    this.uploads.await(attached);
  };

  private readonly showRefusal = (reason: string): void => {
    this.problems = reason === "" ? [] : [reason];
  };

  private readonly noteCapture = (isBusy: boolean): void => {
    this.recording = isBusy ? "busy" : "idle";
  };

  private textArea(): TemplateResult {
    const { input, value, mistake, change } = this;
    const drawing = { input, value, mistake, change };
    return html`<textarea
      class="field"
      id=${idOf(input)}
      rows="1"
      maxlength=${input.max_length ?? nothing}
      placeholder=${input.placeholder ?? this.invitation ?? nothing}
      aria-label=${labelOf(input)}
      aria-invalid=${invalid(drawing)}
      aria-describedby=${describedBy(drawing)}
      .value=${live(textIn(value))}
      @input=${(event: Event) => {
        this.hand((event.target as HTMLTextAreaElement).value);
      }}
    ></textarea>`;
  }

  private attachments(): unknown {
    if (this.attached.length === 0) return nothing;
    return html`<ul class="attachments">
      ${this.attached.map(
        (each) =>
          html`<li>
            ${
              each.picture === ""
                ? html`<span class="attached-sign">${icon("page")}</span>`
                : html`<img src=${each.picture} alt="" />`
            }
            <span class="file-name" dir="auto">${each.name}</span>
            <button
              class="tool"
              type="button"
              title=${words.files.remove}
              aria-label=${words.files.any.remove(each.name, labelOf(this.input))}
              @click=${() => {
                void this.detach(each);
              }}
            >
              ${icon("cross")}
            </button>
            ${
              each.file === null
                ? html`<progress
                    max="1"
                    .value=${each.fraction}
                    aria-label=${words.files.uploading(each.name)}
                  ></progress>`
                : nothing
            }
          </li>`,
      )}
    </ul>`;
  }

  private receive(files: readonly File[]): Promise<unknown> {
    const objections = files.map((file) => objectionTo(file, this.input, RULES));
    if (files.length > 0) this.problems = objections.filter((each) => each !== "");
    const sent = Promise.all(files.filter((_, at) => objections[at] === "").map((file) => this.send(file)));
    this.uploads.await(sent);
    return sent;
  }

  private async send(file: File): Promise<void> {
    const sending = new AbortController();
    const picture = file.type.startsWith("image/") ? URL.createObjectURL(file) : "";
    this.attached = [...this.attached, { name: file.name, picture, fraction: 0, file: null, sending }];
    const amend = (change: Partial<Attached>): void => {
      this.attached = this.attached.map((each) => (each.sending === sending ? { ...each, ...change } : each));
    };
    const progress = (fraction: number): void => {
      amend({ fraction });
    };
    try {
      const id = await this.uploads.api.upload(file, progress, sending.signal);
      if (sending.signal.aborted) return;
      amend({ fraction: 1, file: id });
      this.hand(textIn(this.value));
    } catch (reason) {
      if (sending.signal.aborted) return;
      this.attached = this.attached.filter((each) => each.sending !== sending);
      const why = reason instanceof Error ? reason.message : "";
      this.problems = [...this.problems, words.files.notSent(file.name, why)];
    }
  }

  /** Set the value to this text and the files that the server has. */
  private hand(written: string): void {
    const files = this.attached.flatMap(({ file, name }) => (file === null ? [] : [{ file, name }]));
    this.value = { text: written, files };
    this.change(this.value);
  }

  private async detach(attached: Attached): Promise<void> {
    discard(attached);
    this.attached = this.attached.filter((each) => each !== attached);
    this.hand(textIn(this.value));
    // The button that was pressed is removed with its file.
    await this.updateComplete;
    this.querySelector("textarea")?.focus();
  }

  private readonly dragOver = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = true;
  };

  private readonly drop = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = false;
    void this.receive([...(event.dataTransfer?.files ?? [])]);
  };

  private readonly paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) event.preventDefault();
    void this.receive(files);
  };

  private readonly choose = (event: Event): void => {
    const target = event.target as HTMLInputElement;
    void this.receive([...(target.files ?? [])]);
    // Otherwise choosing the same file again would not be a change.
    target.value = "";
  };
}

function discard({ sending, picture }: Attached): void {
  sending.abort();
  if (picture.startsWith("blob:")) URL.revokeObjectURL(picture);
}

function textIn(value: Json): string {
  return isMapping(value) && typeof value.text === "string" ? value.text : "";
}

function filesIn(value: Json): readonly JsonMapping[] {
  const files = isMapping(value) ? (value.files ?? null) : null;
  return isList(files) ? files.filter(isMapping) : [];
}

/** A file of a question that is asked again, or of a reloaded page. */
function uploadedBefore(given: JsonMapping): Attached {
  const name = typeof given.name === "string" ? given.name : words.files.any.chosen;
  const isPicture = /\.(png|jpe?g|gif|webp|avif)$/i.test(name);
  const picture = isPicture ? (madeAddress(given) ?? "") : "";
  return { name, picture, fraction: 1, file: fileIn(given), sending: new AbortController() };
}

customElements.define("gs-message-field", MessageField);
