/** A figure's JSON: which script draws it, and what it says in words. */
import { oneOf, record, type Decode } from "../../contract/decode.ts";
import { isList, isMapping, type Json, type JsonMapping } from "../../contract/json.ts";
import { Misfit } from "../../contract/decode.ts";

export interface Figure {
  readonly library: "plotly" | "vega" | "vega-lite" | "bokeh";
  readonly figure: JsonMapping;
}

const mapping: Decode<JsonMapping> = (value, at) => {
  if (!isMapping(value)) throw new Misfit(at, "a figure's JSON", value);
  return value;
};

export const figure: Decode<Figure> = record<Figure>({
  library: oneOf("plotly", "vega", "vega-lite", "bokeh"),
  figure: mapping,
});

/** Traces that the smaller of Plotly's scripts draws. */
const CARTESIAN = new Set([
  "bar",
  "box",
  "contour",
  "heatmap",
  "histogram",
  "histogram2d",
  "histogram2dcontour",
  "image",
  "pie",
  "scatter",
  "scatterternary",
  "violin",
]);

/** The frame in which a figure is drawn. */
export function frameFor({ library, figure: drawn }: Figure): string {
  if (library !== "plotly") return library.replace("-lite", "");
  const kinds = listOf(drawn.data).map((trace) => textOf(at(trace, "type")) || "scatter");
  return kinds.every((kind) => CARTESIAN.has(kind)) ? "plotly" : "plotly-whole";
}

/** What the figure says of itself, for who does not see it: its title, its axes and its lines. */
export function wordsOf({ library, figure: drawn }: Figure): string {
  const found =
    library === "plotly" ? plotlyWords(drawn) : library === "bokeh" ? bokehWords(drawn) : vegaWords(drawn);
  return [...new Set(found.filter((text) => text !== ""))].join(". ").replace(/<[^<>]*>/g, " ");
}

function plotlyWords({ layout = null, data = null }: JsonMapping): string[] {
  const titled = [layout, ...["xaxis", "yaxis"].map((axis) => at(layout, axis))];
  return [
    ...titled.map((part) => textOf(at(at(part, "title"), "text")) || textOf(at(part, "title"))),
    ...listOf(data).map((trace) => textOf(at(trace, "name"))),
  ];
}

function vegaWords(drawn: JsonMapping): string[] {
  const { title = null, description = null, encoding = null } = drawn;
  const layers = ["layer", "hconcat", "vconcat", "concat"].flatMap((key) => listOf(drawn[key] ?? null));
  const encoded = ["x", "y", "color"].map((channel) => at(encoding, channel));
  return [
    textOf(title) || textOf(at(title, "text")),
    textOf(description),
    ...encoded.map((part) => textOf(at(part, "title")) || textOf(at(part, "field"))),
    ...layers.filter(isMapping).flatMap((layer) => vegaWords(layer)),
  ];
}

const NAMED_BY_BOKEH: Readonly<Record<string, string>> = {
  Title: "text",
  LinearAxis: "axis_label",
  LogAxis: "axis_label",
  CategoricalAxis: "axis_label",
  DatetimeAxis: "axis_label",
  LegendItem: "label",
};

function bokehWords(part: Json): string[] {
  if (isList(part)) return part.flatMap(bokehWords);
  if (!isMapping(part)) return [];
  const attributes = at(part, "attributes");
  const said = at(attributes, NAMED_BY_BOKEH[textOf(at(part, "name"))] ?? "");
  const own = textOf(said) || textOf(at(said, "value"));
  // Its data can be as long as the whole figure, and have no words for this.
  const parts = Object.entries(part).filter(([key]) => key !== "data");
  return [own, ...parts.flatMap(([, below]) => bokehWords(below))];
}

function at(value: Json, key: string): Json {
  return isMapping(value) ? (value[key] ?? null) : null;
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : "";
}

function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}
