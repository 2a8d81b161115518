/** Draws figures of Plotly. */
import { DENSITY, isPart, partOf, ROOT, serve, type Look, type Part } from "./frame.ts";

interface PlotlyScript {
  react(root: HTMLElement, figure: Part): Promise<unknown>;
  validate(
    data: readonly Part[],
    layout: Part,
  ): readonly { readonly astr: string; readonly msg: string }[] | undefined;
  toImage(root: HTMLElement, options: Part): Promise<string>;
}

declare const Plotly: PlotlyScript;

/** Plotly's own height for a figure that says none. */
const HEIGHT_PX = 450;

const GRID = "rgba(136, 146, 160, 0.3)";

/** The parts of a layout that are axes. */
const AXIS = /^(?:[xyz]axis\d*|[abc]axis|radialaxis|angularaxis)$/;
const WITH_AXES = /^(?:scene|polar|ternary)\d*$/;

let shown: { readonly figure: Part; readonly look: Look } | null = null;

serve({
  hasHtml: true,
  async draw(figure, look) {
    shown = { figure, look };
    const { data, layout, frames, config } = figure;
    checkKinds(data);
    await Plotly.react(ROOT, {
      data,
      layout: laidOut(partOf(layout), look),
      frames: frames ?? [],
      config: {
        ...partOf(config),
        responsive: true,
        displaylogo: false,
        showSendToCloud: false,
        showEditInChartStudio: false,
        modeBarButtonsToRemove: ["toImage"],
      },
    });
  },
  async picture() {
    const { offsetWidth: width, offsetHeight: height } = ROOT;
    return blobOf(await Plotly.toImage(ROOT, { format: "png", width, height, scale: DENSITY }));
  },
});

addEventListener("resize", () => {
  // One with a width of its own does not follow the frame's by itself.
  if (shown === null || typeof partOf(shown.figure.layout).width !== "number") return;
  void Plotly.react(ROOT, {
    ...shown.figure,
    layout: laidOut(partOf(shown.figure.layout), shown.look),
  });
});

/** Plotly itself draws a trace of a kind that it does not know as if it were a line, or not at all. */
function checkKinds(data: unknown): void {
  const kinds = new Set(Array.isArray(data) ? data.map((trace) => partOf(trace).type) : []);
  for (const type of kinds) {
    const problems = type === undefined ? [] : (Plotly.validate([{ type }], {}) ?? []);
    const unknown = problems.find(({ astr }) => astr === "type");
    if (unknown !== undefined) throw new Error(unknown.msg);
  }
}

/** A layout that fits the card: no wider than that, and with its colours where the figure's are the usual ones. */
function laidOut(layout: Part, look: Look): Part {
  const { width, height } = layout;
  const size = look.large
    ? { width: innerWidth, height: innerHeight }
    : {
        width: typeof width === "number" ? Math.min(width, innerWidth) : undefined,
        height: height ?? HEIGHT_PX,
      };
  return {
    uirevision: "kept",
    ...layout,
    ...size,
    autosize: true,
    template: look.dark ? darkened(partOf(layout.template), look) : layout.template,
  };
}

/** A template with a dark ground; what the figure itself says goes before it. */
function darkened(template: Part, { ink }: Look): Part {
  const layout = partOf(template.layout);
  const axes = Object.fromEntries(
    ["xaxis", "yaxis", ...Object.keys(layout).filter((key) => AXIS.test(key))].map((key) => [
      key,
      axis(partOf(layout[key])),
    ]),
  );
  const grounds = Object.fromEntries(
    Object.entries(layout)
      .filter(([key, part]) => WITH_AXES.test(key) && isPart(part))
      .map(([key, part]) => [key, ground(part as Part)]),
  );
  return {
    ...template,
    layout: {
      ...layout,
      ...axes,
      ...grounds,
      paper_bgcolor: "rgba(0, 0, 0, 0)",
      plot_bgcolor: "rgba(0, 0, 0, 0)",
      font: { ...partOf(layout.font), color: ink },
      modebar: { bgcolor: "rgba(0, 0, 0, 0)", color: GRID, activecolor: ink },
      updatemenudefaults: { bgcolor: "#2a313b", ...partOf(layout.updatemenudefaults) },
    },
  };
}

function axis(given: Part): Part {
  return { ...given, gridcolor: GRID, linecolor: GRID, zerolinecolor: GRID };
}

function ground(given: Part): Part {
  const axes = Object.entries(given)
    .filter(([key]) => AXIS.test(key))
    .map(([key, part]) => [key, { ...axis(partOf(part)), backgroundcolor: "rgba(0, 0, 0, 0)" }]);
  return { ...given, bgcolor: "rgba(0, 0, 0, 0)", ...(Object.fromEntries(axes) as Part) };
}

/** The bytes in a `data:` address, which no policy here lets anyone fetch. */
function blobOf(address: string): Blob {
  const bytes = atob(address.slice(address.indexOf(",") + 1));
  return new Blob([Uint8Array.from(bytes, (one) => one.charCodeAt(0))], { type: "image/png" });
}
