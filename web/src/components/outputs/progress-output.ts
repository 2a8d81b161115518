/** Bars that show how far something is; one whose share is not known moves while the run goes on. */
import { html, nothing, type TemplateResult } from "lit";
import { list, nullable, number, record, text } from "../../contract/decode.ts";
import { isList, isMapping, type Json } from "../../contract/json.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { formatNumber } from "./figures.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";

interface Bar {
  readonly label: string | null;
  /** In 0..1; null when not known. */
  readonly fraction: number | null;
  readonly index: number | null;
  readonly total: number | null;
  readonly unit: string | null;
}

const bars = list(
  record<Bar>({
    label: nullable(text),
    fraction: nullable(number),
    index: nullable(number),
    total: nullable(number),
    unit: nullable(text),
  }),
);

export const KIND: OutputKind = {
  type: "progress",
  fields: {},
  fits: (value) => readValue(bars, value) !== null && isList(value) && value.every(isBar),
  isEmpty: (value) => value === null || (isList(value) && value.length === 0),
  draw: (drawing) =>
    html`<ul class="bars">
      ${(readValue(bars, drawing.value) ?? []).map((bar) => drawBar(bar, drawing))}
    </ul>`,
};

function isBar(value: Json): boolean {
  return isMapping(value) && "fraction" in value;
}

function drawBar(bar: Bar, { output, isActive }: OutputDrawing): TemplateResult {
  const name = bar.label ?? output.label;
  return html`<li>
    <span class="bar-label" dir="auto">${bar.label}</span
    ><span class="figures">${figuresOf(bar) || (isActive ? "" : "–")}</span>
    ${bar.fraction === null && !isActive ? nothing : drawShare(bar.fraction, name)}
  </li>`;
}

/** Without a value the element says that the share is not known. */
function drawShare(fraction: number | null, name: string): TemplateResult {
  return fraction === null
    ? html`<progress aria-label=${name}></progress>`
    : html`<progress max="1" .value=${fraction} aria-label=${name}></progress>`;
}

function figuresOf({ fraction, index, total, unit }: Bar): string {
  const figure = (value: number): string => formatNumber(value, null);
  const count =
    index === null ? [] : [words.outputs.counted(figure(index), total === null ? null : figure(total), unit)];
  const share = fraction === null ? [] : [words.figures.percent(Math.floor(fraction * 100 + 1e-9) / 100)];
  return [...count, ...share].join(" · ");
}
