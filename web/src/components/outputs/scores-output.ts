import { html, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { Json } from "../../contract/json.ts";
import type { ScoresOutput } from "../../contract/output.ts";
import { readValue, scores } from "../../contract/value.ts";

export function drawScores({ top }: ScoresOutput, value: Json): TemplateResult {
  const all = readValue(scores, value) ?? [];
  const shown = top === null ? all : all.slice(0, top);
  return html`<ol class="scores">
    ${shown.map(
      ({ label, score }) =>
        html`<li style=${styleMap({ "--share": String(Math.min(1, Math.max(0, score))) })}>
          <span class="score-label">${label}</span><span class="figures">${percent(score)}</span>
          <span class="score-bar" aria-hidden="true"></span>
        </li>`,
    )}
  </ol>`;
}

function percent(score: number): string {
  return `${(score * 100).toFixed(score > 0 && score < 0.01 ? 2 : 1)} %`;
}
