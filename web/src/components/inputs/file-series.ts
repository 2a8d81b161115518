/**
 * A field for files, which are chosen, dropped or pasted, then checked, uploaded at once, and listed in an order.
 * Subclasses lay it out.
 *
 *     files --objectionTo--> problems
 *           --send--> ids --valueFor--> value
 */
import { fileIn, shippedName } from "../../client/file-address.ts";
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit";
import { isList, isMapping, sameJson, type Json } from "../../contract/json.ts";
import type { InputMistake } from "../../contract/problem.ts";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import { describedBy, idOf, invalid, labelOf } from "./field.ts";
import { entriesOf, folderWords } from "./folder-files.ts";
import { objectionTo, type ChosenInput, type FileRules } from "./upload-rules.ts";
import type { Drawing, Uploads } from "./types.ts";

/** A file that is listed. */
export interface Listed {
  readonly name: string;
  readonly size: number | null;
  readonly fraction: number;
  /** The id that the server assigned, null until it has all of it. */
  readonly file: string | null;
  /** The file itself, as long as the page that sent it is open. */
  readonly source: Blob | null;
  /** What its value has beside the id. */
  readonly given: Json;
  readonly sending: AbortController;
}

export abstract class FileSeries<T extends ChosenInput> extends LightElement {
  static override properties: PropertyDeclarations = {
    input: { attribute: false },
    value: { attribute: false },
    mistake: { attribute: false },
    listed: { state: true },
    problems: { state: true },
    isOver: { state: true },
  };
  declare input: T;
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

  protected abstract readonly rules: FileRules;

  protected abstract readonly isMultiple: boolean;

  /** Whether a folder is chosen in place of files. */
  protected abstract readonly isFolder: boolean;

  /** The part of the input's value that a file is. */
  protected valueFor(_: Listed, file: string): Json {
    return { file };
  }

  protected get drawing(): Drawing<T> {
    const { input, value, mistake, change } = this;
    return { input, value, mistake, change };
  }

  protected override willUpdate(changed: PropertyValues): void {
    // An example, a link or a reset changed the value: what it does not have is no longer listed.
    if (!changed.has("value") || sameJson(this.value, this.held())) return;
    const known = new Map(this.listed.map((each) => [each.file, each]));
    const files = (isList(this.value) ? this.value : [this.value]).filter((one) => fileIn(one) !== "");
    const kept = files.map((one) => ({ ...(known.get(fileIn(one)) ?? unnamed(one)), given: one }));
    this.listed = [...kept, ...this.listed.filter(({ file }) => file === null)];
  }

  /** The area onto which files can be dropped, or pasted, with the native control; named here where no label names it. */
  protected area(usual: string, label?: string): TemplateResult {
    const { input, drawing } = this;
    return html`<div
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
      <span class="drop-words">${icon("upload")}<span>${input.placeholder ?? usual}</span></span>
      <input
        class="drop-file"
        id=${label === undefined ? idOf(input) : nothing}
        type="file"
        aria-label=${label ?? nothing}
        accept=${input.accept === "" ? nothing : input.accept}
        ?multiple=${this.isMultiple}
        ?webkitdirectory=${this.isFolder}
        aria-describedby=${describedBy(drawing)}
        aria-invalid=${invalid(drawing)}
        @change=${this.choose}
      />
    </div>`;
  }

  protected removeButton(each: Listed): TemplateResult {
    return html`<button
      class="tool"
      type="button"
      title=${words.files.remove}
      aria-label=${words.files.any.remove(each.name, labelOf(this.input))}
      @click=${() => {
        void this.take(each);
      }}
    >
      ${icon("cross")}
    </button>`;
  }

  protected progressOf(each: Listed): unknown {
    if (each.file !== null) return nothing;
    return html`<progress
      max="1"
      .value=${each.fraction}
      aria-label=${words.files.uploading(each.name)}
    ></progress>`;
  }

  protected problemLines(): unknown {
    return this.problems.map((problem) => html`<p class="mistake" role="alert">${problem}</p>`);
  }

  /** Set the value to the files that the server has. */
  protected hand(): void {
    this.value = this.held();
    this.change(this.value);
  }

  /** Replace what is known of one file. */
  protected amend({ sending }: Listed, change: Partial<Listed>): void {
    this.listed = this.listed.map((each) => (each.sending === sending ? { ...each, ...change } : each));
  }

  private held(): Json {
    const files = this.listed.flatMap((each) => (each.file === null ? [] : [this.valueFor(each, each.file)]));
    return this.isMultiple ? files : (files[0] ?? null);
  }

  protected receiveChosen(files: readonly File[]): void {
    this.receive(files);
  }

  /** Take the files of what is dropped; folders are named, where none is taken. */
  protected receiveDropped(transfer: DataTransfer | null): void {
    const folders = entriesOf(transfer).filter(({ isDirectory }) => isDirectory);
    const names = new Set(folders.map(({ name }) => name));
    // A browser lists a folder among the files, without a type.
    this.receive([...(transfer?.files ?? [])].filter(({ name, type }) => type !== "" || !names.has(name)));
    if (folders.length === 0) return;
    this.problems = [...this.problems, ...[...names].map((name) => folderWords().noFolder(name))];
  }

  private receive(files: FileList | readonly File[] | undefined): void {
    const chosen = [...(files ?? [])].slice(0, this.isMultiple ? undefined : 1);
    if (chosen.length === 0) return;
    this.problems = [];
    for (const file of chosen) {
      const objection = objectionTo(file, this.input, this.rules);
      if (objection === "") this.uploads.await(this.send(file));
      else this.problems = [...this.problems, objection];
    }
  }

  private async send(file: File): Promise<void> {
    const listed = justChosen(file);
    if (!this.isMultiple) for (const before of this.listed) before.sending.abort();
    this.listed = this.isMultiple ? [...this.listed, listed] : [listed];
    if (await this.upload(listed, file)) this.hand();
  }

  /** Send a file that is listed, and return whether the server has it. */
  protected async upload(listed: Listed, file: File): Promise<boolean> {
    const { signal } = listed.sending;
    const progress = (fraction: number): void => {
      this.amend(listed, { fraction });
    };
    try {
      const id = await this.uploads.api.upload(file, progress, signal);
      if (signal.aborted) return false;
      this.amend(listed, { fraction: 1, file: id });
      return true;
    } catch (reason) {
      if (signal.aborted) return false;
      this.listed = this.listed.filter(({ sending }) => sending !== listed.sending);
      const why = reason instanceof Error ? reason.message : "";
      this.problems = [...this.problems, words.files.notSent(listed.name, why)];
      return false;
    }
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
    this.receiveDropped(event.dataTransfer);
  };

  private readonly choose = (event: Event): void => {
    const target = event.target as HTMLInputElement;
    this.receiveChosen([...(target.files ?? [])]);
    // Otherwise choosing the same file again would not be a change.
    target.value = "";
  };
}

/** `path` is that in a folder, and also the name that is shown. */
export function justChosen(file: File, path?: string): Listed {
  const { name, size } = file;
  const given = path === undefined ? null : { path };
  const sending = new AbortController();
  return { name: path ?? name, size, fraction: 0, file: null, source: file, given, sending };
}

/** The path that a file has in its folder; null outside of one. */
export function pathIn(given: Json): string | null {
  return isMapping(given) && typeof given.path === "string" ? given.path : null;
}

/** A file of a reloaded page: the server has it, and its name is not known here. */
function unnamed(given: Json): Listed {
  return {
    name: shippedName(given) ?? pathIn(given) ?? words.files.any.chosen,
    size: null,
    fraction: 1,
    file: fileIn(given),
    source: null,
    given,
    sending: new AbortController(),
  };
}
