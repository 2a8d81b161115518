/** An empty catalog: how to create the first demo. */
import { html, type TemplateResult } from "lit";
import "../components/copy-button.ts";
import { colourYaml } from "../components/tabs/yaml-colours.ts";
import { drawTicked } from "../components/ticked.ts";
import { words } from "../words.ts";
import { catalogWords } from "./catalog-words.ts";

const YAML = `gradstream: 1
title: Count
generator: count.upwards
inputs:
  limit:
    type: slider
    minimum: 1
    maximum: 20
    default: 5
outputs:
  number: number
`;

const PYTHON = `import time


def upwards(limit):
    for number in range(1, limit + 1):
        yield number
        time.sleep(0.3)
`;

export function drawEmptyCatalog(): TemplateResult {
  return html`<section class="card empty-catalog">
    <div class="pad">
      <h2>${catalogWords().empty}</h2>
      <p>${drawTicked(catalogWords().firstDemo)}</p>
    </div>
    ${file("demos/count.yaml", YAML, html`${colourYaml(YAML)}`)}
    ${file("demos/count.py", PYTHON, html`${PYTHON}`)}
  </section>`;
}

function file(name: string, text: string, shown: TemplateResult): TemplateResult {
  return html`<div class="code-head">
      <span>${name}</span
      ><gs-copy-button .label=${words.copy.named(name)} .text=${() => text}></gs-copy-button>
    </div>
    <pre tabindex="0">${shown}</pre>`;
}
