/** Files to download, each under its own name. */
import { html, type TemplateResult } from "lit";
import { blobPath } from "../../client/address.ts";
import { list, number, record, text, whereFitting } from "../../contract/decode.ts";
import { isList, type Json } from "../../contract/json.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";

interface DownloadableFile {
  readonly name: string;
  readonly blob: string;
  readonly size: number;
}

const files = list(whereFitting(record<DownloadableFile>({ name: text, blob: text, size: number })));

export const FILE: OutputKind = {
  type: "file",
  fields: {},
  fits: (value) => isList(value) && readFiles(value).length === value.length,
  isEmpty: (value) => value === null || (isList(value) && value.length === 0),
  draw: drawFiles,
  describe: ({ value }) => words.size.files(readFiles(value).length),
};

function drawFiles({ value, run }: OutputDrawing): TemplateResult {
  return html`<ul class="files">
    ${readFiles(value).map(
      ({ name, blob, size }) =>
        html`<li>
          <a href=${run === null ? "" : blobPath(run, blob)} download=${name}>
            ${icon("download")}<span class="file-name" dir="auto">${name}</span>
            <span class="figures">${words.figures.bytes(size)}</span>
          </a>
        </li>`,
    )}
  </ul>`;
}

function readFiles(value: Json): readonly DownloadableFile[] {
  return (readValue(files, value) ?? []).filter((file) => file !== null);
}
