/** From Vega-Lite to Vega: as wide as the card, in the colours of the page. */
import type { Look, Part } from "./frame.ts";

interface Compiled {
  readonly spec: Part;
}

declare const vegaLite: { compile(specification: Part, options: Part): Compiled };

/** What a chart of several has; each of them keeps its own size. */
const SEVERAL = ["hconcat", "vconcat", "concat", "facet", "repeat"];
const FACETS = ["row", "column", "facet"];

const GRID = "rgba(136, 146, 160, 0.3)";

export function isLite({ $schema }: Part): boolean {
  return String($schema).includes("/vega-lite/");
}

/** A specification in Vega, with the configuration that it needs beside. */
export function compileLite(figure: Part, look: Look): { specification: Part; config: Part } {
  const config = configOf(look);
  if (!isLite(figure)) return { specification: figure, config };
  return {
    specification: vegaLite.compile(fitted(figure, look), { config, logger: SILENT }).spec,
    config: {},
  };
}

function fitted(figure: Part, { large }: Look): Part {
  const facets = Object.keys(figure.encoding ?? {});
  if (SEVERAL.some((key) => key in figure) || facets.some((key) => FACETS.includes(key))) return figure;
  const { width } = figure;
  if (large) return { ...figure, width: "container", height: "container" };
  // Of a width in steps the chart itself says how wide a step is.
  if (typeof width === "object") return figure;
  return { ...figure, width: typeof width === "number" && width < innerWidth - 80 ? width : "container" };
}

/** The chart's own configuration goes before this. */
function configOf({ dark, ink }: Look): Part {
  if (!dark) return { background: "transparent" };
  return {
    background: "transparent",
    view: { stroke: GRID },
    title: { color: ink, subtitleColor: ink },
    style: {
      "guide-label": { fill: ink },
      "guide-title": { fill: ink },
      "group-title": { fill: ink },
      text: { fill: ink },
    },
    text: { color: ink },
    axis: { domainColor: GRID, gridColor: GRID, tickColor: GRID, labelColor: ink, titleColor: ink },
    legend: { labelColor: ink, titleColor: ink },
    header: { labelColor: ink, titleColor: ink },
  };
}

const SILENT = {
  level: () => 0,
  error: (message: unknown) => {
    throw new Error(String(message));
  },
  warn: () => SILENT,
  info: () => SILENT,
  debug: () => SILENT,
};
