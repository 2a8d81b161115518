/**
 * A field for a file, which is chosen, dropped or pasted, then checked, uploaded at once, and shown meanwhile.
 * Subclasses lay it out.
 *
 *     file --objectionTo--> problem
 *          --send--> id --valueFor--> value
 */
import { fileIn } from "../../client/file-address.ts";
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import type { Json } from "../../contract/json.ts";
import type { InputMistake } from "../../contract/problem.ts";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import { describedBy, invalid } from "./field.ts";
import { objectionTo, type ChosenInput, type FileRules } from "./upload-rules.ts";
import type { Drawing, Uploads } from "./types.ts";

/** A file that is being uploaded or has been uploaded. */
export interface Upload {
  readonly name: string;
  readonly source: Blob;
  /** Its object URL. */
  readonly url: string;
  /** The uploaded fraction, from 0 to 1. */
  readonly fraction: number;
  /** The id that the server assigned; null until the upload is complete. */
  readonly file: string | null;
}

export abstract class FileZone<T extends ChosenInput> extends LightElement {
  static override properties: PropertyDeclarations = {
    input: { attribute: false },
    value: { attribute: false },
    mistake: { attribute: false },
    upload: { state: true },
    problem: { state: true },
    isOver: { state: true },
  };
  declare input: T;
  declare value: Json;
  declare mistake: InputMistake | undefined;
  declare change: (value: Json) => void;
  declare uploads: Uploads;
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
    this.discard();
  }

  protected abstract readonly rules: FileRules;

  protected get drawing(): Drawing<T> {
    const { input, value, mistake, change } = this;
    return { input, value, mistake, change };
  }

  protected get isEmpty(): boolean {
    return this.upload === null && this.value === null;
  }

  /** The input's value for an uploaded file. */
  protected valueFor(file: string): Json {
    return { file };
  }

  protected override willUpdate(changed: PropertyValues): void {
    // An example, a link or a run changed the value: remove the preview.
    const sent = this.upload?.file ?? null;
    if (changed.has("value") && sent !== null && fileIn(this.value) !== sent) this.discard();
  }

  /** The area onto which files can be dropped, or pasted. */
  protected area(
    className: string,
    content: unknown,
    ways: { drop: boolean; paste: boolean },
  ): TemplateResult {
    return html`<div
      class="${className} ${this.isOver ? "over" : ""}"
      @dragover=${ways.drop ? this.dragOver : nothing}
      @dragleave=${this.dragLeave}
      @drop=${ways.drop ? this.drop : nothing}
      @paste=${ways.paste ? this.paste : nothing}
    >
      ${content}
    </div>`;
  }

  /** The text of an empty area. */
  protected invitation(usual: string): TemplateResult {
    return html`<span class="drop-words"
      >${icon("upload")}<span>${this.input.placeholder ?? usual}</span></span
    >`;
  }

  /** The native control; give it a label unless an element labels its id. */
  protected chooser({ id, label }: { id?: string; label?: string }): TemplateResult {
    return html`<input
      class="drop-file"
      id=${ifDefined(id)}
      type="file"
      accept=${this.input.accept}
      aria-label=${ifDefined(label)}
      aria-describedby=${describedBy(this.drawing)}
      aria-invalid=${invalid(this.drawing)}
      @change=${this.choose}
    />`;
  }

  protected removeButton(className: string, label: string): TemplateResult {
    return html`<button
      class="tool ${className}"
      type="button"
      title=${words.files.remove}
      aria-label=${label}
      @click=${this.clear}
    >
      ${icon("cross")}
    </button>`;
  }

  protected problemLine(): TemplateResult | typeof nothing {
    return this.problem === "" ? nothing : html`<p class="mistake" role="alert">${this.problem}</p>`;
  }

  /** Discard the current file and check a new one; show why it is refused if it is. */
  protected admit(file: File): boolean {
    this.discard();
    this.problem = objectionTo(file, this.input, this.rules);
    return this.problem === "";
  }

  protected async send(file: File): Promise<void> {
    const sending = new AbortController();
    this.sending = sending;
    this.upload = { name: file.name, source: file, url: URL.createObjectURL(file), fraction: 0, file: null };
    const progress = (fraction: number): void => {
      if (!sending.signal.aborted) this.amend({ fraction });
    };
    try {
      const id = await this.uploads.api.upload(file, progress, sending.signal);
      if (!sending.signal.aborted) this.keep(id);
    } catch (reason) {
      if (sending.signal.aborted) return;
      this.discard();
      this.problem = words.files.notSent(file.name, reason instanceof Error ? reason.message : "");
    }
  }

  /** Discard the file, and abort its upload. */
  protected discard(): void {
    this.sending.abort();
    if (this.upload !== null) URL.revokeObjectURL(this.upload.url);
    this.upload = null;
    this.problem = "";
  }

  /** Set the input's value. */
  protected hand(value: Json): void {
    this.value = value;
    this.change(value);
  }

  private keep(id: string): void {
    // Set the value before the id: an upload that has an id but no value was reset by an example.
    if (this.upload !== null) this.uploads.pictures.note(id, this.upload.source);
    this.hand(this.valueFor(id));
    this.amend({ fraction: 1, file: id });
  }

  private amend(change: Partial<Upload>): void {
    if (this.upload !== null) this.upload = { ...this.upload, ...change };
  }

  protected receive(file: File | undefined): void {
    if (file !== undefined && this.admit(file)) this.uploads.await(this.send(file));
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
    this.receive(event.dataTransfer?.files[0]);
  };

  private readonly paste = (event: ClipboardEvent): void => {
    this.receive(event.clipboardData?.files[0]);
  };

  private readonly choose = (event: Event): void => {
    const target = event.target as HTMLInputElement;
    this.receive(target.files?.[0]);
    // Otherwise choosing the same file again would not be a change.
    target.value = "";
  };

  private readonly clear = async (): Promise<void> => {
    this.discard();
    this.hand(null);
    // The button that was pressed is removed with the file.
    await new Promise(requestAnimationFrame);
    await this.updateComplete;
    this.querySelector<HTMLElement>("input, button")?.focus();
  };
}
