/** Labels with their scores, each as a figure and a bar. */
import { html, type TemplateResult } from "lit";
import { asText, isList, isMapping, isNumber, writeJson, type Json } from "../../contract/json.ts";
import { list, nullable, number, type Decode } from "../../contract/decode.ts";
import type { Output } from "../../contract/output.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { styled } from "../styled.ts";
import { copyTool } from "./output-tools.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";

interface ScoresOutput extends Output {
  /** How many are shown; null for all. */
  readonly top: number | null;
}

interface Score {
  readonly label: string;
  /** Null for one that is not a number. */
  readonly score: number | null;
}

/** What is no label with a score keeps its place, as text. */
const score: Decode<Score> = (value) => {
  if (!isMapping(value)) return { label: asText(value as Json), score: null };
  const { label = null, score: found } = value;
  return { label: asText(label), score: isNumber(found) ? Number(found) : null };
};

const scores = list(score);

export const KIND: OutputKind<ScoresOutput> = {
  type: "scores",
  fields: { top: nullable(number) },
  fits: isList,
  draw: drawScores,
  tools: ({ value }) => copyTool(words.copy.asJson, () => writeJson(value, 2)),
};

function drawScores({ output, value }: OutputDrawing<ScoresOutput>): TemplateResult {
  const all = readValue(scores, value) ?? [];
  const shown = output.top === null ? all : all.slice(0, output.top);
  const isAlone = all.length === 1 && all[0]?.score === null;
  return html`<ol class="scores">
    ${shown.map(
      ({ label, score }) =>
        html`<li ${styled({ "--share": String(Math.min(1, Math.max(0, score ?? 0))) })}>
          <span class="score-label" dir="auto">${label}</span
          ><span class="figures">${isAlone ? "" : percent(score)}</span>
          <span class="score-bar" aria-hidden="true"></span>
        </li>`,
    )}
  </ol>`;
}

function percent(score: number | null): string {
  if (score === null) return "–";
  return words.figures.share(score, score > 0 && score < 0.01 ? 2 : 1);
}
