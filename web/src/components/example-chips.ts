/** Examples as chips that fill the inputs, each with a small picture where one of its values is a picture. */
import { html, nothing, type TemplateResult } from "lit";
import { absolute, demoFilePath } from "../client/address.ts";
import { shippedPath } from "../client/file-address.ts";
import type { Demo, Example } from "../contract/demo.ts";
import { member, type Json } from "../contract/json.ts";
import { words } from "../words.ts";
import { styled } from "./styled.ts";

type Use = (inputs: Example["inputs"]) => void;
type Offering = Pick<Demo, "address" | "examples" | "inputs">;

export function drawExamples(demo: Offering, use: Use): TemplateResult | typeof nothing {
  if (demo.examples.length === 0) return nothing;
  return html`<div class="field-box" role="group" aria-label=${words.inputs.examples}>
    <div class="label" aria-hidden="true">${words.inputs.examples}</div>
    ${drawChips(demo, use)}
  </div>`;
}

export function drawChips(demo: Offering, use: Use): TemplateResult {
  return html`<div class="chips">
    ${demo.examples.map(
      (example) =>
        html`<button
          class="chip"
          type="button"
          title=${example.label}
          @click=${() => {
            use(example.inputs);
          }}
        >
          ${picture(demo, example)}<span class="chip-words">${example.label}</span>
        </button>`,
    )}
  </div>`;
}

/** The first picture among the values of an example; a picture far down is loaded when it comes into sight. */
function picture({ address, inputs }: Offering, { inputs: values }: Example): unknown {
  const found = inputs.map(({ name, preview }) => preview(member(values, name) ?? null));
  const shown = found.find((each) => each !== null);
  const source = shown === undefined ? null : addressOf(address, shown.picture);
  if (shown === undefined || source === null) return nothing;
  const mask = addressOf(address, shown.mask);
  return html`<span class="chip-picture" aria-hidden="true">
    <img src=${source} alt="" loading="lazy" decoding="async" />
    ${mask === null ? nothing : html`<span ${styled({ "--mask": `url("${absolute(mask)}")` })}></span>`}
  </span>`;
}

function addressOf(demo: string, value: Json): string | null {
  const path = shippedPath(value);
  return path === null ? null : demoFilePath(demo, path);
}
