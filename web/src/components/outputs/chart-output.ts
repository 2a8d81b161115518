/** A chart, drawn by a part of the page that only charts load. */
import { html } from "lit";
import { oneOf } from "../../contract/decode.ts";
import type { Json } from "../../contract/json.ts";
import type { Output } from "../../contract/output.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { chartWords } from "../chart/chart-words.ts";
import { loadChart } from "../chart/load.ts";
import { asRows, chart } from "../chart/points.ts";
import { copyTool, saveTool } from "./output-tools.ts";
import { toCsv } from "./table-output.ts";
import type { OutputKind } from "./types.ts";
import "../../style/chart.css";

interface ChartOutput extends Output {
  readonly kind: "line" | "bar" | "area" | "scatter";
}

interface Pictured extends Element {
  picture(): Promise<Blob | null>;
}

export const KIND: OutputKind<ChartOutput> = {
  type: "chart",
  fields: { kind: oneOf("line", "bar", "area", "scatter") },
  fits: (value) => readValue(chart, value) !== null,
  draw: ({ output, value }) => {
    void loadChart();
    return html`<gs-chart-output
      .value=${value}
      .kind=${output.kind}
      .name=${output.label}
    ></gs-chart-output>`;
  },
  tools: ({ output, value }) =>
    html`${copyTool(words.copy.asCsv, () => csvOf(value))}
    ${saveTool(words.outputs.saveCsv, `${output.name}.csv`, () => new Blob([csvOf(value)], { type: "text/csv" }))}
    ${saveTool(words.outputs.savePicture, `${output.name}.png`, pictureOf)}`,
  describe: ({ value }) => words.size.rows(readValue(chart, value)?.rows.length ?? 0),
  warm: loadChart,
};

function csvOf(value: Json): string {
  const found = readValue(chart, value);
  return found === null ? "" : toCsv(asRows(found, chartWords().counted));
}

async function pictureOf(button: Element): Promise<Blob | null> {
  const drawn = button.closest(".out")?.querySelector<Pictured>("gs-chart-output");
  return (await drawn?.picture()) ?? null;
}
