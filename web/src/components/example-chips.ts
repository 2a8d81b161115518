/** Examples as chips that fill the inputs, each with a small picture where one of its values is a picture. */
import { html, nothing, type TemplateResult } from "lit";
import type { Demo, Example } from "../contract/demo.ts";
import { member } from "../contract/json.ts";
import type { DemoModel } from "../state/demo-model.ts";
import { words } from "../words.ts";
import { showResults } from "./show-results.ts";

export function drawExamples(model: DemoModel): TemplateResult | typeof nothing {
  if (model.demo.value.examples.length === 0) return nothing;
  return html`<div class="field-box" role="group" aria-label=${words.inputs.examples}>
    <div class="label" aria-hidden="true">${words.inputs.examples}</div>
    ${drawChips(model)}
  </div>`;
}

export function drawChips(model: DemoModel): TemplateResult {
  const demo = model.demo.value;
  return html`<div class="chips">
    ${demo.examples.map(
      (example) =>
        html`<button
          class="chip"
          type="button"
          title=${example.label}
          @click=${() => {
            model.useExample(example.inputs);
            if (demo.cache) demo.actions.forEach(showResults);
          }}
        >
          ${picture(demo, example)}${example.label}
        </button>`,
    )}
  </div>`;
}

/** The first picture among the values of an example, drawn by a chunk that only such demos load. */
function picture({ address, inputs }: Demo, { inputs: values }: Example): unknown {
  for (const { name, preview } of inputs) {
    const shown = preview(member(values, name) ?? null);
    if (shown === null) continue;
    void import("./example-picture.ts");
    return html`<gs-example-picture .demo=${address} .preview=${shown}></gs-example-picture>`;
  }
  return nothing;
}
