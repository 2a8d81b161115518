/** One number, large. */
import { html, nothing, type TemplateResult } from "lit";
import { nullable, number, text } from "../../contract/decode.ts";
import { asText, isNumber } from "../../contract/json.ts";
import type { Output } from "../../contract/output.ts";
import { words } from "../../words.ts";
import { formatNumber } from "./figures.ts";
import { copyTool } from "./output-tools.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";

interface NumberOutput extends Output {
  readonly unit: string | null;
  readonly precision: number | null;
}

export const KIND: OutputKind<NumberOutput> = {
  type: "number",
  fields: { unit: nullable(text), precision: nullable(number) },
  draw: drawNumber,
  tools: ({ value }) => copyTool(words.copy.number, () => asText(value)),
};

function drawNumber({ output, value }: OutputDrawing<NumberOutput>): TemplateResult {
  const { unit, precision } = output;
  return html`<p class="big-number">
    <span class="figures">${isNumber(value) ? formatNumber(value, precision) : asText(value)}</span>${
      unit === null ? nothing : html` <span class="unit">${unit}</span>`
    }
  </p>`;
}
