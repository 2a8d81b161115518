/** Files to download, each under its own name. */
import { html, nothing, type TemplateResult } from "lit";
import { blobPath } from "../../client/address.ts";
import { MOST_BYTES, MOST_FILES, zip, type ZipFile } from "../../client/zip.ts";
import { list, number, record, text, whereFitting } from "../../contract/decode.ts";
import { isList, type Json } from "../../contract/json.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import { saveTool } from "./output-tools.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";

interface DownloadableFile {
  readonly name: string;
  readonly blob: string;
  readonly size: number;
}

const files = list(whereFitting(record<DownloadableFile>({ name: text, blob: text, size: number })));

export const KIND: OutputKind = {
  type: "file",
  fields: {},
  fits: (value) => isList(value) && readFiles(value).length === value.length,
  isEmpty: (value) => value === null || (isList(value) && value.length === 0),
  draw: drawFiles,
  tools: drawTools,
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

/** All files as one archive, where there are several and the browser can hold them. */
function drawTools({ output, value, run }: OutputDrawing): TemplateResult | typeof nothing {
  const all = readFiles(value);
  const total = all.reduce((sum, { size }) => sum + size, 0);
  if (run === null || all.length < 2 || all.length > MOST_FILES || total > MOST_BYTES) return nothing;
  const label = `${words.outputs.download}: ${words.size.files(all.length)}`;
  return html`<gs-archive-tool
    .files=${all}
    .run=${run}
    .name=${output.name}
    .label=${label}
  ></gs-archive-tool>`;
}

class ArchiveTool extends LightElement {
  static override properties = {
    files: { attribute: false },
    run: {},
    name: {},
    label: {},
    problem: { state: true },
  };
  declare files: readonly DownloadableFile[];
  declare run: string;
  declare name: string;
  declare label: string;
  declare problem: string;

  constructor() {
    super();
    this.problem = "";
  }

  override render(): TemplateResult {
    return html`${saveTool(this.label, `${this.name}.zip`, () => this.archive())}
      <span class="mistake" role="alert">${this.problem}</span>`;
  }

  /** Null when a file cannot be fetched, which is said; one is fetched after the other. */
  private async archive(): Promise<Blob | null> {
    this.problem = "";
    try {
      const files: ZipFile[] = [];
      for (const { name, blob } of this.files) {
        const response = await fetch(blobPath(this.run, blob));
        if (!response.ok) throw new Error(response.statusText);
        files.push({ name, content: await response.arrayBuffer() });
      }
      return zip(files);
    } catch {
      this.problem = words.server.unreachable;
      return null;
    }
  }
}

function readFiles(value: Json): readonly DownloadableFile[] {
  return (readValue(files, value) ?? []).filter((file) => file !== null);
}

customElements.define("gs-archive-tool", ArchiveTool);
