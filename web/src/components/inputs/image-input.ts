/** A picture from the visitor. */
import { shippedName } from "../../client/file-address.ts";
import { html, nothing, type TemplateResult } from "lit";
import { words } from "../../words.ts";
import { field, idOf, labelOf } from "./field.ts";
import { UPLOAD_FIELDS, fitsUpload, type UploadInput, type FileRules } from "./upload-rules.ts";
import { FileZone, type Upload } from "./file-zone.ts";
import type { InputKind } from "./types.ts";

export const IMAGE: InputKind<UploadInput> = {
  type: "image",
  fields: UPLOAD_FIELDS,
  fits: fitsUpload,
  takesFile: true,
  draw: ({ input, value, mistake, change }, uploads) =>
    html`<gs-image-input
      .input=${input}
      .value=${value}
      .mistake=${mistake}
      .change=${change}
      .uploads=${uploads}
    ></gs-image-input>`,
};

class ImageInputElement extends FileZone<UploadInput> {
  protected override readonly rules: FileRules = {
    accept: "image/*",
    typesOf: (type) => [type],
    refusal: (name, isNarrowed) =>
      isNarrowed ? words.files.image.refused(name) : words.files.image.otherKind(name),
  };

  override render(): TemplateResult {
    const content = html`${this.picture()} ${this.chooser({ id: idOf(this.input) })}
    ${this.isEmpty ? nothing : this.removeButton("drop-remove", words.files.image.remove(labelOf(this.input)))}`;
    const area = this.area("drop", content, { drop: true, paste: true });
    return field(this.drawing, html`${area}${this.problemLine()}`);
  }

  private picture(): TemplateResult {
    if (this.upload !== null) return drawPreview(this.upload);
    const name = shippedName(this.value) ?? words.files.image.chosen;
    const url = this.uploads.pictures.addressOf(this.value);
    if (url !== null) return html`<img class="drop-picture" src=${url} alt=${name} />`;
    if (this.value !== null) return html`<span class="drop-words">${name}</span>`;
    return this.invitation(words.files.image.invitation);
  }
}

function drawPreview({ url, name, fraction, file }: Upload): TemplateResult {
  const progress = html`<progress
    class="drop-progress"
    max="1"
    .value=${fraction}
    aria-label=${words.files.uploading(name)}
  ></progress>`;
  return html`<img class="drop-picture" src=${url} alt=${name} />${file === null ? progress : nothing}`;
}

customElements.define("gs-image-input", ImageInputElement);
