/** Draws charts of Vega and Vega-Lite, whose expressions are interpreted: none is compiled. */
import { expressionInterpreter } from "vega-interpreter";
import { compileLite, isLite } from "./vega-lite.ts";
import { DENSITY, ROOT, serve, type Look, type Part } from "./frame.ts";
import { showTooltip } from "./vega-tooltip.ts";

export interface VegaView {
  data(name: string, rows: readonly unknown[]): VegaView;
  runAsync(): Promise<unknown>;
  finalize(): void;
  tooltip(handler: typeof showTooltip): VegaView;
  toCanvas(scale: number): Promise<HTMLCanvasElement>;
}

interface VegaScript {
  parse(specification: Part, config: Part, options: Part): unknown;
  read(rows: unknown, format: unknown): readonly unknown[];
  readonly View: new (runtime: unknown, options: Part) => VegaView;
}

declare const vega: VegaScript;

interface Shown {
  readonly view: VegaView;
  /** Everything but the data, as JSON: where it is equal, the view goes on with other data. */
  readonly frame: string;
  readonly formats: ReadonlyMap<string, unknown>;
}

let shown: Shown | null = null;

serve({
  hasHtml: false,
  async draw(figure, look) {
    const { rest, datasets } = apart(figure);
    const frame = JSON.stringify([rest, look, innerWidth]);
    if (shown?.frame === frame && [...datasets.keys()].every((name) => shown?.formats.has(name)))
      await refill(shown, datasets);
    else shown = await embed(figure, look, frame);
  },
  async picture() {
    const canvas = await shown?.view.toCanvas(DENSITY);
    return new Promise((made) => {
      if (canvas === undefined) made(null);
      else canvas.toBlob(made, "image/png");
    });
  },
});

/** A chart's data by their names, and the chart without them. */
function apart(figure: Part): { rest: Part; datasets: Map<string, unknown> } {
  const { datasets, data, ...rest } = figure;
  if (isLite(figure)) return { rest: { ...rest, data }, datasets: new Map(Object.entries(datasets ?? {})) };
  const sources = Array.isArray(data) ? (data as Part[]) : [];
  return {
    rest: { ...rest, data: sources.map((source) => ({ ...source, values: null })) },
    datasets: new Map(
      sources.filter(({ values }) => Array.isArray(values)).map(({ name, values }) => [String(name), values]),
    ),
  };
}

async function refill({ view, formats }: Shown, datasets: ReadonlyMap<string, unknown>): Promise<void> {
  for (const [name, rows] of datasets) view.data(name, vega.read(rows, formats.get(name) ?? {}));
  await view.runAsync();
}

/** The next chart is drawn out of sight, and takes the place of the last one when it is there. */
async function embed(figure: Part, look: Look, frame: string): Promise<Shown> {
  const container = document.createElement("div");
  container.className = "next";
  if (look.large) container.style.height = "100vh";
  ROOT.append(container);
  const problems: string[] = [];
  try {
    const { specification, config } = compileLite(figure, look);
    const view = new vega.View(vega.parse(specification, config, { ast: true }), {
      expr: expressionInterpreter,
      renderer: "svg",
      container,
      hover: true,
      loader: LOADER,
      logger: loggerOf(problems),
    }).tooltip(showTooltip);
    await view.runAsync();
    if (problems[0] !== undefined) throw new Error(problems[0]);
    container.className = "";
    shown?.view.finalize();
    ROOT.replaceChildren(container);
    return { view, frame, formats: formatsOf(specification) };
  } catch (reason) {
    container.remove();
    throw reason;
  }
}

function formatsOf(specification: Part): ReadonlyMap<string, unknown> {
  const sources = Array.isArray(specification.data) ? (specification.data as Part[]) : [];
  return new Map(
    sources.filter(({ values }) => Array.isArray(values)).map(({ name, format }) => [String(name), format]),
  );
}

/** Nothing is fetched, and no link is followed: a picture is drawn that the chart brings along. */
const LOADER = {
  options: {},
  load: refuse,
  http: refuse,
  file: refuse,
  sanitize: (address: unknown) =>
    typeof address === "string" && address.startsWith("data:image/")
      ? Promise.resolve({ href: address })
      : refuse(),
};

function refuse(): Promise<never> {
  return Promise.reject(new Error("nothing is fetched from other places"));
}

/** Takes errors of the first drawing, which Vega would only write to the console. */
function loggerOf(problems: string[]): Part {
  const logger: Part = {};
  const nothing = (): Part => logger;
  return Object.assign(logger, {
    level: () => 1,
    error: (...parts: unknown[]) => {
      problems.push(parts.map((part) => (part instanceof Error ? part.message : String(part))).join(" "));
      return logger;
    },
    warn: nothing,
    info: nothing,
    debug: nothing,
  });
}
