/** One figure, large, and below it how much it has changed. */
import { html, nothing, type TemplateResult } from "lit";
import { nullable, number, oneOf, record, json as anything, text } from "../../contract/decode.ts";
import { asText, isMapping, isNumber, type Json } from "../../contract/json.ts";
import type { Output } from "../../contract/output.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import { formatNumber } from "./figures.ts";
import { copyTool } from "./output-tools.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";

interface MetricOutput extends Output {
  readonly unit: string | null;
  readonly precision: number | null;
  readonly better: "up" | "down" | "neither";
}

const metric = record<{ value: Json; delta: Json }>({ value: anything, delta: anything });

export const KIND: OutputKind<MetricOutput> = {
  type: "metric",
  fields: { unit: nullable(text), precision: nullable(number), better: oneOf("up", "down", "neither") },
  fits: (value) => isMapping(value) && readValue(metric, value) !== null,
  draw: drawMetric,
  tools: ({ value }) => copyTool(words.copy.number, () => asText(readValue(metric, value)?.value ?? null)),
};

function drawMetric({ output, value }: OutputDrawing<MetricOutput>): TemplateResult {
  const { value: figure, delta } = readValue(metric, value) ?? { value: null, delta: null };
  return html`<div class="metric">
    <p class="big-number"><span class="figures">${written(figure, output)}</span>${unitOf(figure, output)}</p>
    ${delta === null ? nothing : drawChange(delta, output)}
  </div>`;
}

function drawChange(delta: Json, output: MetricOutput): TemplateResult {
  const direction = directionOf(delta);
  const isGood = output.better === direction;
  const tone = output.better === "neither" || direction === "" ? "" : isGood ? "good" : "bad";
  const said = direction === "" ? "" : words.outputs.change[direction];
  return html`<p class="metric-change ${tone}">
    ${direction === "" ? nothing : icon(direction)}<span class="visually-hidden">${said}</span>
    <span class="figures">${written(delta, output)}</span>${unitOf(delta, output)}
  </p>`;
}

/** Where a change goes; a text that begins with a minus goes down. */
function directionOf(delta: Json): "up" | "down" | "" {
  if (isNumber(delta)) return Number(delta) > 0 ? "up" : Number(delta) < 0 ? "down" : "";
  return /^\s*[-\u2212]/.test(asText(delta)) ? "down" : "up";
}

function unitOf(figure: Json, { unit }: MetricOutput): TemplateResult | typeof nothing {
  return unit === null || !isNumber(figure) ? nothing : html` <span class="unit">${unit}</span>`;
}

function written(figure: Json, { precision }: MetricOutput): string {
  return isNumber(figure) ? formatNumber(figure, precision) : figure === null ? "–" : asText(figure);
}
