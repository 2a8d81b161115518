/** Ways to copy or download an output's value. */
import { html, type TemplateResult } from "lit";
import { words } from "../../words.ts";
import "../copy-button.ts";
import { icon } from "../icon.ts";

/** `text` is called when the button is pressed. */
export function copyTool(label: string, text: () => string): TemplateResult {
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
