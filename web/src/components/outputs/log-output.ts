/** Lines with their levels, the newest at the end and in view. */
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { list, nullable, number, oneOf, record, text } from "../../contract/decode.ts";
import { asText, isList, type Json } from "../../contract/json.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { copyTool } from "./output-tools.ts";
import { inScrollBoxAtEnd } from "./scroll-box.ts";
import type { OutputKind } from "./types.ts";

interface Line {
  readonly level: "debug" | "info" | "warning" | "error";
  readonly text: string;
  /** In seconds since 1970. */
  readonly time: number | null;
}

const lines = list(
  record<Line>({ level: oneOf("debug", "info", "warning", "error"), text, time: nullable(number) }),
);

/** Lines that are drawn as one: a log that grows draws its last ones only. */
const TOGETHER = 100;

export const KIND: OutputKind = {
  type: "log",
  fields: {},
  fits: isList,
  isEmpty: (value) => value === null || (isList(value) && value.length === 0),
  draw: ({ output, value }) => inScrollBoxAtEnd(output.label, drawLines(isList(value) ? value : [])),
  tools: ({ value }) => copyTool(words.copy.text, () => textOf(value)),
  describe: ({ value }) => (isList(value) ? words.size.lines(value.length) : ""),
};

function drawLines(all: readonly Json[]): TemplateResult {
  const parts = Array.from({ length: Math.ceil(all.length / TOGETHER) }, (_, index) =>
    all.slice(index * TOGETHER, (index + 1) * TOGETHER),
  );
  return html`<ol class="log-lines">
    ${parts.map((part) => guard(part, () => part.map(drawLine)))}
  </ol>`;
}

function drawLine(value: Json): TemplateResult {
  const line = readLine(value);
  const time = line.time === null ? "" : new Date(line.time * 1000).toLocaleTimeString(words.figures.locale);
  const said = isLoud(line) ? "log-level" : "visually-hidden";
  return html`<li class=${line.level}>
    ${time === "" ? nothing : html`<time class="figures">${time}</time> `}<span class=${said}
      >${words.outputs.levels[line.level]}: </span
    ><span dir="auto">${line.text}</span>
  </li>`;
}

/** A line of another shape is shown as what it is. */
function readLine(value: Json): Line {
  return (
    readValue(lines, [value])?.[0] ?? {
      level: "info",
      text: asText(value),
      time: null,
    }
  );
}

function isLoud({ level }: Line): boolean {
  return level === "warning" || level === "error";
}

function textOf(value: Json): string {
  const all = isList(value) ? value.map(readLine) : [];
  return all
    .map((line) => (isLoud(line) ? `${words.outputs.levels[line.level]}: ${line.text}` : line.text))
    .join("\n");
}
