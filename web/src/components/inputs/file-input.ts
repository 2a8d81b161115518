/** Files of any kind: chosen or dropped, uploaded at once, listed by name with a button to remove each. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { flag, list, nullable, number, text, type Decode } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import { isList, isMapping, type Json } from "../../contract/json.ts";
import type { InputMistake } from "../../contract/problem.ts";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import { describedBy, field, idOf, invalid, labelOf } from "./field.ts";
import { fitsUpload, objectionTo, shippedName, type FileRules } from "./upload-rules.ts";
import type { Drawing, InputKind, Uploads } from "./types.ts";

interface FileInput extends InputKeys {
  /** Suffixes and media types, separated by commas; "" for all. */
  readonly accept: string;
  readonly max_size: number | null;
  readonly multiple: boolean;
  readonly placeholder: string | null;
}

const accept: Decode<string> = (value, at) => (nullable(list(text))(value, at) ?? []).join(",");

export const FILE: InputKind<FileInput> = {
  type: "file",
  fields: { accept, max_size: nullable(number), multiple: flag, placeholder: nullable(text) },
  fits: (input, value) =>
    input.multiple
      ? isList(value) && value.every((one) => one !== null && fitsUpload(input, one))
      : fitsUpload(input, value),
  takesFile: true,
  draw: ({ input, value, mistake, change }, uploads) =>
    html`<gs-file-input
      .input=${input}
      .value=${value}
      .mistake=${mistake}
      .change=${change}
      .uploads=${uploads}
    ></gs-file-input>`,
};

const RULES: FileRules = {
  accept: "",
  typesOf: (type) => [type],
  refusal: (name) => words.files.any.refused(name),
};

/** A file that is listed; `file` is the id that the server assigned, null until it has all of it. */
interface Listed {
  readonly name: string;
  readonly size: number | null;
  readonly fraction: number;
  readonly file: string | null;
  readonly sending: AbortController;
}

class FileInputElement extends LightElement {
  static override properties = {
    input: { attribute: false },
    value: { attribute: false },
    mistake: { attribute: false },
    listed: { state: true },
    problems: { state: true },
    isOver: { state: true },
  };
  declare input: FileInput;
  declare value: Json;
  declare mistake: InputMistake | undefined;
  declare change: (value: Json) => void;
  declare uploads: Uploads;
  declare listed: readonly Listed[];
  declare problems: readonly string[];
  declare isOver: boolean;

  constructor() {
    super();
    this.listed = [];
    this.problems = [];
    this.isOver = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const { sending } of this.listed) sending.abort();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("value")) return;
    // An example, a link or a reset changed the value: what it does not have is no longer listed.
    const files = filesIn(this.value);
    const sent = this.listed.flatMap(({ file }) => file ?? []);
    // Files keep the order in which they were chosen, whichever the server has first.
    if (files.length === sent.length && sent.every((file) => files.includes(file))) return;
    const known = new Map(this.listed.map((each) => [each.file, each]));
    const kept = files.map((file) => known.get(file) ?? unnamed(file));
    this.listed = [...kept, ...this.listed.filter(({ file }) => file === null)];
  }

  override render(): TemplateResult {
    const { input } = this;
    const drawing: Drawing<FileInput> = {
      input,
      value: this.value,
      mistake: this.mistake,
      change: this.change,
    };
    const area = html`<div
      class="drop files ${this.isOver ? "over" : ""}"
      @dragover=${this.dragOver}
      @dragleave=${() => {
        this.isOver = false;
      }}
      @drop=${this.drop}
      @paste=${(event: ClipboardEvent) => {
        this.receive(event.clipboardData?.files);
      }}
    >
      <span class="drop-words"
        >${icon("upload")}<span
          >${input.placeholder ?? (input.multiple ? words.files.any.several : words.files.any.one)}</span
        ></span
      >
      <input
        class="drop-file"
        id=${idOf(input)}
        type="file"
        accept=${input.accept === "" ? nothing : input.accept}
        ?multiple=${input.multiple}
        aria-describedby=${describedBy(drawing)}
        aria-invalid=${invalid(drawing)}
        @change=${this.choose}
      />
    </div>`;
    return field(drawing, html`${area}${this.list()}${this.problemLines()}`, this.note());
  }

  private note(): unknown {
    const { accept, max_size } = this.input;
    const parts = [accept.replaceAll(",", ", "), max_size === null ? "" : words.files.upTo(max_size)];
    return parts.filter((part) => part !== "").join(" · ");
  }

  private list(): unknown {
    if (this.listed.length === 0) return nothing;
    return html`<ul class="file-list">
      ${this.listed.map(
        (each) =>
          html`<li>
            <span class="file-name" dir="auto">${each.name}</span>
            <span class="note figures">${each.size === null ? nothing : words.figures.bytes(each.size)}</span>
            <button
              class="tool"
              type="button"
              title=${words.files.remove}
              aria-label=${words.files.any.remove(each.name, labelOf(this.input))}
              @click=${() => {
                void this.take(each);
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

  private problemLines(): unknown {
    return this.problems.map((problem) => html`<p class="mistake" role="alert">${problem}</p>`);
  }

  private receive(files: FileList | readonly File[] | undefined): void {
    const chosen = [...(files ?? [])].slice(0, this.input.multiple ? undefined : 1);
    if (chosen.length === 0) return;
    this.problems = [];
    for (const file of chosen) {
      const objection = objectionTo(file, this.input, RULES);
      if (objection === "") this.uploads.await(this.send(file));
      else this.problems = [...this.problems, objection];
    }
  }

  private async send(file: File): Promise<void> {
    const sending = new AbortController();
    const listed: Listed = { name: file.name, size: file.size, fraction: 0, file: null, sending };
    if (!this.input.multiple) for (const before of this.listed) before.sending.abort();
    this.listed = this.input.multiple ? [...this.listed, listed] : [listed];
    const amend = (change: Partial<Listed>): void => {
      this.listed = this.listed.map((each) => (each.sending === sending ? { ...each, ...change } : each));
    };
    try {
      const id = await this.uploads.api.upload(
        file,
        (fraction) => {
          amend({ fraction });
        },
        sending.signal,
      );
      if (sending.signal.aborted) return;
      amend({ fraction: 1, file: id });
      this.hand();
    } catch (reason) {
      if (sending.signal.aborted) return;
      this.listed = this.listed.filter((each) => each.sending !== sending);
      const why = reason instanceof Error ? reason.message : "";
      this.problems = [...this.problems, words.files.notSent(file.name, why)];
    }
  }

  /** Set the value to the files that the server has. */
  private hand(): void {
    const files = this.listed.flatMap(({ file }) => (file === null ? [] : [{ file }]));
    this.value = this.input.multiple ? files : (files[0] ?? null);
    this.change(this.value);
  }

  private async take(removed: Listed): Promise<void> {
    removed.sending.abort();
    this.problems = [];
    this.listed = this.listed.filter(({ sending }) => sending !== removed.sending);
    this.hand();
    // The button that was pressed is removed with its file.
    await this.updateComplete;
    this.querySelector<HTMLElement>("input")?.focus();
  }

  private readonly dragOver = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = true;
  };

  private readonly drop = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = false;
    this.receive(event.dataTransfer?.files);
  };

  private readonly choose = (event: Event): void => {
    const target = event.target as HTMLInputElement;
    this.receive([...(target.files ?? [])]);
    // Otherwise choosing the same file again would not be a change.
    target.value = "";
  };
}

function filesIn(value: Json): readonly string[] {
  const each = isList(value) ? value : [value];
  return each.flatMap((one) => (isMapping(one) && typeof one.file === "string" ? [one.file] : []));
}

/** A file of a reloaded page: the server has it, and its name is not known here. */
function unnamed(file: string): Listed {
  return {
    name: shippedName({ file }) ?? words.files.any.chosen,
    size: null,
    fraction: 1,
    file,
    sending: new AbortController(),
  };
}

customElements.define("gs-file-input", FileInputElement);
