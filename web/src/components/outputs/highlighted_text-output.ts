/** A text whose parts have labels, each label in a colour of its own. */
import { html, nothing, type TemplateResult } from "lit";
import { flag, list, type Decode } from "../../contract/decode.ts";
import { asText, isList, isMapping, type Json } from "../../contract/json.ts";
import type { Output } from "../../contract/output.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { copyTool } from "./output-tools.ts";
import { inScrollBox } from "./scroll-box.ts";
import { toneOf } from "./tones.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";

interface HighlightedTextOutput extends Output {
  readonly legend: boolean;
}

interface Part {
  readonly text: string;
  readonly label: string | null;
}

/** A part of another shape is shown as a text without a label. */
const part: Decode<Part> = (value) => {
  if (!isMapping(value)) return { text: asText(value as Json), label: null };
  const { text = null, label = null } = value;
  return { text: asText(text), label: label === null ? null : asText(label) };
};

const parts = list(part);

export const KIND: OutputKind<HighlightedTextOutput> = {
  type: "highlighted_text",
  fields: { legend: flag },
  fits: isList,
  isEmpty: (value) => value === null || (isList(value) && value.length === 0),
  draw: drawParts,
  tools: ({ value }) => copyTool(words.copy.text, () => textOf(value)),
  describe: ({ value }) => words.size.words(textOf(value).split(/\s+/).filter(Boolean).length),
};

function drawParts(drawing: OutputDrawing<HighlightedTextOutput>): TemplateResult {
  const all = readValue(parts, drawing.value) ?? [];
  const labels = [...new Set(all.flatMap(({ label }) => label ?? []))];
  const text = all.map(({ text, label }, index) =>
    label === null ? text : drawMark({ text, label }, toneOf(label, labels), selecting(drawing, index)),
  );
  return inScrollBox(
    drawing,
    html`${
        drawing.output.legend && labels.length > 0
          ? html`<ul class="legend" aria-label=${words.outputs.legend}>
              ${labels.map((label) => html`<li class=${toneOf(label, labels)}>${label}</li>`)}
            </ul>`
          : nothing
      }
      <p class="highlighted" dir="auto">${text}</p>`,
  );
}

/** What selects a part of the text; null where no action runs on it. */
function selecting({ value, select }: OutputDrawing, index: number): (() => void) | null {
  if (select === null) return null;
  return () => {
    select({ index, value: isList(value) ? (value[index] ?? null) : null });
  };
}

function drawMark({ text, label }: Part, tone: string, select: (() => void) | null): TemplateResult {
  const words = html`${text}<span class="mark-label">${label}</span>`;
  if (select === null) return html`<mark class=${tone}>${words}</mark>`;
  const keyed = (event: KeyboardEvent): void => {
    if (event.key === "Enter") select();
  };
  return html`<mark class="${tone} pressable" role="button" tabindex="0" @click=${select} @keydown=${keyed}
    >${words}</mark
  >`;
}

function textOf(value: Json): string {
  return (readValue(parts, value) ?? []).map(({ text }) => text).join("");
}
