import { html, nothing, type TemplateResult } from "lit";
import { asText, type Json } from "../../contract/json.ts";
import type { NumberOutput } from "../../contract/output.ts";

export function drawNumber({ unit, precision }: NumberOutput, value: Json): TemplateResult {
  return html`<p class="big-number">
    <span class="figures">${formatNumber(value, precision)}</span>${
      unit === null ? nothing : html` <span class="unit">${unit}</span>`
    }
  </p>`;
}

function formatNumber(value: Json, precision: number | null): string {
  if (typeof value !== "number") return value === null ? "–" : asText(value);
  const digits = precision === null ? { maximumFractionDigits: 6 } : fixed(precision);
  return new Intl.NumberFormat("en", digits).format(value);
}

function fixed(precision: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: precision, maximumFractionDigits: precision };
}
