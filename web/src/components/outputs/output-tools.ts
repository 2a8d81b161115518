/** Ways to copy or download an output's value. */
import { html, type TemplateResult } from "lit";
import "../copy-button.ts";
import { icon } from "../icon.ts";

/** `what` completes "Copy …"; the text is made when it is pressed. */
export function copyTool(what: string, text: () => string): TemplateResult {
  return html`<gs-copy-button .what=${what} .text=${text}></gs-copy-button>`;
}

export function downloadTool(url: string, file: string): TemplateResult {
  return html`<a class="tool" href=${url} download=${file} title="Download" aria-label="Download">
    ${icon("download")}
  </a>`;
}

/** Keeps the place of a download that is not there yet. */
export function laterDownloadTool(): TemplateResult {
  const words = "Download, once the run is over";
  return html`<a class="tool" role="link" aria-disabled="true" title=${words} aria-label=${words}>
    ${icon("download")}
  </a>`;
}
