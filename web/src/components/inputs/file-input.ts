/** Files of any kind: chosen or dropped, uploaded at once, listed by name with a button to remove each. */
import { html, nothing, type TemplateResult } from "lit";
import { flag, nullable, number, text } from "../../contract/decode.ts";
import { isList } from "../../contract/json.ts";
import { words } from "../../words.ts";
import { field } from "./field.ts";
import { FileSeries } from "./file-series.ts";
import { acceptOrAll, fitsUpload, type ChosenInput, type FileRules } from "./upload-rules.ts";
import type { InputKind } from "./types.ts";

interface FileInput extends ChosenInput {
  readonly multiple: boolean;
}

export const FILE: InputKind<FileInput> = {
  type: "file",
  fields: {
    accept: acceptOrAll,
    max_size: nullable(number),
    multiple: flag,
    placeholder: nullable(text),
  },
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

class FileInputElement extends FileSeries<FileInput> {
  protected override readonly rules: FileRules = {
    accept: "",
    typesOf: (type) => [type],
    refusal: (name) => words.files.any.refused(name),
  };

  protected override get isMultiple(): boolean {
    return this.input.multiple;
  }

  override render(): TemplateResult {
    const area = this.area(this.isMultiple ? words.files.any.several : words.files.any.one);
    return field(this.drawing, html`${area}${this.list()}${this.problemLines()}`, this.note());
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
            ${this.removeButton(each)} ${this.progressOf(each)}
          </li>`,
      )}
    </ul>`;
  }
}

customElements.define("gs-file-input", FileInputElement);
