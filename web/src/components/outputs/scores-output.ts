/** Labels with their scores, each as a figure and a bar. */
import { html, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { list, nullable, number, record, text } from "../../contract/decode.ts";
import type { Output } from "../../contract/output.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { copyTool } from "./output-tools.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";

interface ScoresOutput extends Output {
  /** How many are shown; null for all. */
  readonly top: number | null;
}

const scores = list(record<{ label: string; score: number }>({ label: text, score: number }));

export const SCORES: OutputKind<ScoresOutput> = {
  type: "scores",
  fields: { top: nullable(number) },
  draw: drawScores,
  tools: ({ value }) => copyTool(words.copy.asJson, () => JSON.stringify(value, null, 2)),
};

function drawScores({ output, value }: OutputDrawing<ScoresOutput>): TemplateResult {
  const all = readValue(scores, value) ?? [];
  const shown = output.top === null ? all : all.slice(0, output.top);
  return html`<ol class="scores">
    ${shown.map(
      ({ label, score }) =>
        html`<li style=${styleMap({ "--share": String(Math.min(1, Math.max(0, score))) })}>
          <span class="score-label" dir="auto">${label}</span><span class="figures">${percent(score)}</span>
          <span class="score-bar" aria-hidden="true"></span>
        </li>`,
    )}
  </ol>`;
}

function percent(score: number): string {
  return `${(score * 100).toFixed(score > 0 && score < 0.01 ? 2 : 1)} %`;
}
