/** Draws documents of Bokeh. */
import { partOf, ROOT, serve, type Look, type Part } from "./frame.ts";
import { fitted } from "./bokeh-look.ts";

interface Model {
  data: unknown;
}

interface BokehDocument {
  clear(): void;
  get_model_by_id(id: string): Model | null;
}

interface BokehView {
  remove(): void;
  export(type: "png"): { canvas: HTMLCanvasElement };
}

interface ViewManager {
  readonly roots: BokehView[];
  clear(): void;
}

interface BokehScript {
  readonly require: (module: "document") => { readonly Document: { from_json(json: Part): BokehDocument } };
  readonly embed: {
    add_document_standalone(
      document: BokehDocument,
      element: HTMLElement,
      roots: readonly unknown[],
      useForTitle: boolean,
    ): Promise<ViewManager>;
  };
  readonly logger: { set_level(level: string): void };
}

declare const Bokeh: BokehScript;

interface Shown {
  readonly document: BokehDocument;
  readonly views: ViewManager;
  /** Everything but the data, as JSON: where it is equal, the figure goes on with other data. */
  readonly frame: string;
}

const { require: load } = Bokeh;
const { Document } = load("document");

Bokeh.logger.set_level("off");

let shown: Shown | null = null;

serve({
  hasHtml: true,
  async draw(figure, look) {
    const sources = new Map<string, unknown>();
    const frame = JSON.stringify([apart(figure, sources), look]);
    if (shown?.frame === frame) refill(shown, sources);
    else shown = await embed(figure, look, frame);
  },
  async picture() {
    const [view] = shown?.views.roots ?? [];
    if (view === undefined) return null;
    const { canvas } = view.export("png");
    return new Promise((made) => {
      canvas.toBlob(made, "image/png");
    });
  },
});

/** A document without the data of its sources, which are kept by the ids of the sources. */
function apart(part: unknown, sources: Map<string, unknown>): unknown {
  if (Array.isArray(part)) return part.map((one) => apart(one, sources));
  if (typeof part !== "object" || part === null) return part;
  const { name, id, attributes } = part as Part;
  const data = name === "ColumnDataSource" ? columnsOf(partOf(attributes).data) : null;
  if (typeof id === "string" && data !== null) {
    sources.set(id, data);
    return { ...(part as Part), attributes: { ...partOf(attributes), data: Object.keys(data) } };
  }
  return Object.fromEntries(Object.entries(part).map(([key, one]) => [key, apart(one, sources)]));
}

/** The columns of a source; null where one is no plain list. */
function columnsOf(data: unknown): Record<string, unknown> | null {
  const { entries } = partOf(data);
  if (!Array.isArray(entries)) return null;
  const columns = entries.map(([name, items]: [unknown, unknown]) => [name, plainItems(items)] as const);
  return columns.some(([, items]) => items === null) ? null : (Object.fromEntries(columns) as Part);
}

function plainItems(items: unknown): readonly unknown[] | null {
  if (!Array.isArray(items)) return null;
  const read = items.map((item: unknown) => (partOf(item).type === "number" ? numberOf(item as Part) : item));
  return read.some((item) => typeof item === "object" && item !== null) ? null : read;
}

function numberOf({ value }: Part): number {
  if (value === "nan") return NaN;
  return value === "-inf" ? -Infinity : Infinity;
}

function refill({ document }: Shown, sources: ReadonlyMap<string, unknown>): void {
  for (const [id, data] of sources) {
    const source = document.get_model_by_id(id);
    if (source !== null) source.data = data;
  }
}

/** The next figure is laid out out of sight, and takes the place of the last one when it is there. */
async function embed(figure: Part, look: Look, frame: string): Promise<Shown> {
  const container = globalThis.document.createElement("div");
  container.className = "next";
  ROOT.append(container);
  try {
    const document = Document.from_json(fitted(figure, look));
    const views = await Bokeh.embed.add_document_standalone(document, container, [], false);
    shown?.views.clear();
    container.className = "";
    ROOT.replaceChildren(container);
    return { document, views, frame };
  } catch (reason) {
    container.remove();
    throw reason;
  }
}
