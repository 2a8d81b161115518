/** A document of Bokeh in the width and the colours of the page; what it says itself goes before that. */
import { isPart, partOf, type Look, type Part } from "./frame.ts";

const GRID = "rgba(136, 146, 160, 0.3)";

/** What takes the width of the card. */
const STRETCHED = new Set(["Figure", "Plot", "GridPlot", "Row", "Column", "GridBox", "Tabs"]);

export function fitted(document: Part, look: Look): Part {
  return changed(document, (name, attributes) => ({
    ...(look.dark ? coloursOf(name, look.ink) : {}),
    ...attributes,
    ...sizeOf(name, attributes, look),
    ...(name === "Toolbar" ? toolsOf(attributes) : {}),
  }));
}

/** A figure with a width of its own gets no wider than that. */
function sizeOf(name: string, attributes: Part, { large }: Look): Part {
  if (!STRETCHED.has(name) || (attributes.sizing_mode ?? null) !== null) return {};
  if (large) return { sizing_mode: "stretch_width", height: undefined };
  const { width } = attributes;
  return { sizing_mode: "stretch_width", ...(typeof width === "number" ? { max_width: width } : {}) };
}

/** Pictures are saved by the card's own button: no download begins in a frame. */
function toolsOf({ tools }: Part): Part {
  const kept = Array.isArray(tools) ? tools.filter((tool) => partOf(tool).name !== "SaveTool") : tools;
  return { tools: kept, logo: null };
}

function coloursOf(name: string, ink: string): Part {
  if (name === "Figure" || name === "Plot" || name === "GridPlot")
    return { background_fill_color: null, border_fill_color: null, outline_line_color: GRID };
  if (name === "Title" || name === "Label") return { text_color: ink };
  if (name === "Grid") return { grid_line_color: GRID };
  if (name.endsWith("Axis"))
    return {
      axis_label_text_color: ink,
      major_label_text_color: ink,
      axis_line_color: GRID,
      major_tick_line_color: GRID,
      minor_tick_line_color: GRID,
    };
  if (name === "Legend")
    return {
      background_fill_color: "#222831",
      background_fill_alpha: 0.8,
      label_text_color: ink,
      border_line_color: GRID,
    };
  if (name === "ColorBar")
    return { background_fill_color: null, major_label_text_color: ink, title_text_color: ink };
  return {};
}

function changed<T>(part: T, change: (name: string, attributes: Part) => Part): T {
  if (Array.isArray(part)) return part.map((one: unknown) => changed(one, change)) as T;
  if (!isPart(part)) return part;
  const copy: Part = {};
  for (const [key, one] of Object.entries(part)) copy[key] = changed(one, change);
  if (part.type === "object" && typeof part.name === "string")
    copy.attributes = change(part.name, partOf(copy.attributes));
  return copy as T;
}
