/** Ways to copy or download an output's value. */
import { html, type TemplateResult } from "lit";
import { words } from "../../words.ts";
import "../copy-button.ts";
import { icon } from "../icon.ts";

/** `text` is called when the button is pressed. */
export function copyTool(label: string, text: () => string | Promise<Blob>): TemplateResult {
  return html`<gs-copy-button .label=${label} .text=${text}></gs-copy-button>`;
}

export function downloadTool(url: string, file: string): TemplateResult {
  const label = words.outputs.download;
  return html`<a class="tool" href=${url} download=${file} title=${label} aria-label=${label}>
    ${icon("download")}
  </a>`;
}

/** A disabled button in the place of a download that will be available later. */
export function laterDownloadTool(): TemplateResult {
  const label = words.outputs.downloadLater;
  return html`<a class="tool" role="link" aria-disabled="true" title=${label} aria-label=${label}>
    ${icon("download")}
  </a>`;
}

/** A file that the page makes itself when the button is pressed; `make` is given the button. One with a name keeps it. */
export function saveTool(
  label: string,
  file: string,
  make: (button: Element) => Blob | null | Promise<Blob | null>,
): TemplateResult {
  const save = async (event: Event): Promise<void> => {
    const made = await make(event.currentTarget as Element);
    if (made !== null) saveAs(made, made instanceof File ? made.name : file);
  };
  return html`<button class="tool" type="button" title=${label} aria-label=${label} @click=${save}>
    ${icon(file.endsWith(".png") ? "picture" : "download")}
  </button>`;
}

function saveAs(made: Blob, file: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(made);
  link.download = file;
  link.click();
  // The browser has read the address once the click is done.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  });
}
