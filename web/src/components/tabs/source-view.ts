/** The demo's own YAML: reading what made the page is a way to learn the format. */
import { html, type TemplateResult } from "lit";
import type { Demo } from "../../contract/demo.ts";
import { words } from "../../words.ts";
import "../copy-button.ts";
import { colourYaml } from "./yaml-colours.ts";

export function drawSource({ file, source }: Demo): TemplateResult {
  return html`<div class="code-head">
      <span>${file}</span><gs-copy-button .label=${words.copy.yaml} .text=${() => source}></gs-copy-button>
    </div>
    <pre tabindex="0">${colourYaml(source)}</pre>`;
}
