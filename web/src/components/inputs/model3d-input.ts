/** A 3D model from the visitor: a file, chosen or dropped, and shown as a result would be. */
import { html, nothing, type TemplateResult } from "lit";
import { shippedName } from "../../client/file-address.ts";
import { nullable, number, text } from "../../contract/decode.ts";
import { words } from "../../words.ts";
import "../model3d/model-view.ts";
import { modelWords } from "../model3d/model-words.ts";
import { field, fieldGroup, idOf, labelOf } from "./field.ts";
import { FileZone } from "./file-zone.ts";
import { accept, fitsUpload, type FileRules, type ChosenInput } from "./upload-rules.ts";
import type { InputKind } from "./types.ts";

export const KIND: InputKind<ChosenInput> = {
  type: "model3d",
  fields: { accept, max_size: nullable(number), placeholder: nullable(text) },
  fits: fitsUpload,
  takesFile: true,
  draw: ({ input, value, mistake, change }, uploads) =>
    html`<gs-model3d-input
      .input=${input}
      .value=${value}
      .mistake=${mistake}
      .change=${change}
      .uploads=${uploads}
    ></gs-model3d-input>`,
};

class Model3dInputElement extends FileZone<ChosenInput> {
  protected override readonly rules: FileRules = {
    accept: "",
    typesOf: (type) => [type],
    refusal: (name) => modelWords().refused(name),
  };

  override render(): TemplateResult {
    const ways = { drop: true, paste: false };
    if (!this.isEmpty)
      return fieldGroup(
        this.drawing,
        html`${this.area("recording", this.chosen(), ways)} ${this.problemLine()}`,
      );
    const zone = html`${this.invitation(modelWords().invitation)} ${this.chooser({ id: idOf(this.input) })}`;
    return field(this.drawing, html`${this.area("drop", zone, ways)} ${this.problemLine()}`);
  }

  private chosen(): TemplateResult {
    const { upload, input } = this;
    const source = upload?.source ?? this.uploads.pictures.sourceOf(this.value);
    const name = upload?.name ?? shippedName(this.value) ?? modelWords().chosen;
    return html`${
        source === null
          ? nothing
          : html`<gs-model-view class="clip" .source=${source} .name=${labelOf(input)}></gs-model-view>`
      }
      ${this.progress()}
      <div class="clip-row">
        <span class="clip-name" dir="auto">${name}</span>
        ${this.removeButton("", words.files.removeFor(labelOf(input)))}
      </div>`;
  }

  private progress(): unknown {
    if (this.upload?.file !== null) return nothing;
    const { fraction, name } = this.upload;
    return html`<progress max="1" .value=${fraction} aria-label=${words.files.uploading(name)}></progress>`;
  }
}

customElements.define("gs-model3d-input", Model3dInputElement);
