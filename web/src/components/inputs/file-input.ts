/** Files of any kind: chosen or dropped, uploaded at once, listed by name with a button to remove each. */
import { html, nothing, type TemplateResult } from "lit";
import { flag, nullable, number, text } from "../../contract/decode.ts";
import { isList, type Json } from "../../contract/json.ts";
import { words } from "../../words.ts";
import { field } from "./field.ts";
import { FileSeries, justChosen, pathIn, type Listed } from "./file-series.ts";
import { chosenFiles, entriesOf, filesIn, folderWords, MOST_READ, type FolderFile } from "./folder-files.ts";
import { acceptOrAll, fitsUpload, objectionTo, type ChosenInput, type FileRules } from "./upload-rules.ts";
import type { InputKind } from "./types.ts";

interface FileInput extends ChosenInput {
  readonly multiple: boolean;
  readonly folder: boolean;
  /** Of a folder: how many files, and how many bytes in all. */
  readonly max_files: number;
  readonly max_total: number;
}

/** Files of a folder that are sent at once: a browser has six connections to a host. */
const AT_ONCE = 3;

export const KIND: InputKind<FileInput> = {
  type: "file",
  fields: {
    accept: acceptOrAll,
    max_size: nullable(number),
    multiple: flag,
    folder: flag,
    max_files: number,
    max_total: number,
    placeholder: nullable(text),
  },
  fits: (input, value) =>
    input.multiple || input.folder
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

class FileInputElement extends FileSeries<FileInput> {
  /** Counts folders: what is left of one before is not handed over. */
  private turn = 0;
  protected override readonly rules: FileRules = {
    accept: "",
    typesOf: (type) => [type],
    refusal: (name) => words.files.any.refused(name),
  };

  protected override get isMultiple(): boolean {
    return this.input.multiple || this.isFolder;
  }

  protected override get isFolder(): boolean {
    return this.input.folder;
  }

  protected override valueFor({ given }: Listed, file: string): Json {
    const path = pathIn(given);
    return path === null ? { file } : { file, path };
  }

  protected override receiveChosen(files: readonly File[]): void {
    if (!this.isFolder) super.receiveChosen(files);
    else if (files.length > 0) this.uploads.await(this.takeFolder(Promise.resolve(chosenFiles(files))));
  }

  protected override receiveDropped(transfer: DataTransfer | null): void {
    if (this.isFolder) this.uploads.await(this.takeFolder(filesIn(entriesOf(transfer))));
    else super.receiveDropped(transfer);
  }

  /** Send the files of a folder in place of those before, unless they are too many or too large. */
  private async takeFolder(found: Promise<readonly FolderFile[]>): Promise<void> {
    let files: readonly FolderFile[];
    try {
      files = await found;
    } catch {
      this.problems = [folderWords().unread];
      return;
    }
    const fitting = files.filter(({ file }) => objectionTo(file, this.input, this.rules) === "");
    const objection = this.objectionToAll(files, fitting);
    if (objection !== "") {
      this.problems = [objection];
      return;
    }
    const [leftOut] = files.filter((each) => !fitting.includes(each));
    this.problems =
      leftOut === undefined ? [] : [folderWords().leftOut(files.length - fitting.length, leftOut.path)];
    await this.sendAll(fitting);
  }

  private objectionToAll(files: readonly FolderFile[], fitting: readonly FolderFile[]): string {
    const { max_files, max_total } = this.input;
    const amount = files.length >= MOST_READ ? files.length : fitting.length;
    const total = fitting.reduce((sum, { file }) => sum + file.size, 0);
    const { bytes } = words.figures;
    if (amount === 0) return folderWords().empty;
    if (amount > max_files) return folderWords().many(amount, max_files);
    return total > max_total ? folderWords().large(bytes(total), bytes(max_total)) : "";
  }

  /** The value is set when all are sent: a part of a folder is not what the visitor has chosen. */
  private async sendAll(files: readonly FolderFile[]): Promise<void> {
    for (const before of this.listed) before.sending.abort();
    const waiting = files.map(({ file, path }) => ({ file, listed: justChosen(file, path) }));
    this.listed = waiting.map(({ listed }) => listed);
    const turn = ++this.turn;
    const sendNext = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        await this.upload(next.listed, next.file);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sendNext));
    // Another folder may have been chosen meanwhile.
    if (turn === this.turn) this.hand();
  }

  override render(): TemplateResult {
    const area = this.area(
      this.isFolder
        ? folderWords().invitation
        : this.isMultiple
          ? words.files.any.several
          : words.files.any.one,
    );
    return field(this.drawing, html`${area}${this.list()}${this.problemLines()}`, this.note());
  }

  private note(): unknown {
    const { accept, max_size } = this.input;
    const parts = [accept.replaceAll(",", ", "), max_size === null ? "" : words.files.upTo(max_size)];
    return parts.filter((part) => part !== "").join(" · ");
  }

  private list(): unknown {
    if (this.listed.length === 0) return nothing;
    return html`${this.isFolder ? this.clearButton() : nothing}
      <ul class="file-list ${this.isFolder ? "long" : ""}">
        ${this.listed.map(
          (each) =>
            html`<li>
              <span class="file-name" dir="auto">${each.name}</span>
              <span class="note figures"
                >${each.size === null ? nothing : words.figures.bytes(each.size)}</span
              >
              ${this.removeButton(each)} ${this.progressOf(each)}
            </li>`,
        )}
      </ul>`;
  }

  private clearButton(): TemplateResult {
    const clear = (): void => {
      for (const { sending } of this.listed) sending.abort();
      this.turn += 1;
      this.problems = [];
      this.listed = [];
      this.hand();
      this.querySelector<HTMLElement>("input")?.focus();
    };
    const amount = words.size.files(this.listed.length);
    return html`<p class="file-sum">
      <span class="note figures">${amount}</span>
      <button class="small" type="button" @click=${clear}>${folderWords().clear}</button>
    </p>`;
  }
}

customElements.define("gs-file-input", FileInputElement);
