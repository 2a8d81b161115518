/** How a figure's JSON is fitted to the card before its library draws it. */
import { afterAll, expect, test, vi } from "vitest";
import { fitted } from "../../src/figure-frames/bokeh-look.ts";
import { compileLite, isLite } from "../../src/figure-frames/vega-lite.ts";
import type { Look, Part } from "../../src/figure-frames/frame.ts";

vi.hoisted(() => {
  // What a frame's script finds where it runs.
  const root = { style: {} };
  vi.stubGlobal("document", { getElementById: () => root, body: root });
  vi.stubGlobal("innerWidth", 600);
  vi.stubGlobal("vegaLite", { compile: (spec: Part) => ({ spec }) });
});

// All files of tests share their globals.
afterAll(() => {
  vi.unstubAllGlobals();
});

const LIGHT: Look = { dark: false, ink: "black", large: false };
const DARK: Look = { dark: true, ink: "white", large: false };
const LARGE: Look = { ...LIGHT, large: true };
const LITE = { $schema: "https://example.com/schema/vega-lite/v6.json" };

function lite(figure: Part, look = LIGHT): Part {
  return compileLite({ ...LITE, ...figure }, look).specification;
}

test("a chart is as wide as the card, or as it says itself where that is less", () => {
  expect(lite({}).width).toBe("container");
  expect(lite({ width: 300 }).width).toBe(300);
  expect(lite({ width: 900 }).width).toBe("container");
  expect(lite({ width: { step: 20 } }).width).toEqual({ step: 20 });
  expect(lite({ width: 300, height: 200 }, LARGE)).toMatchObject({ width: "container", height: "container" });
});

test("charts of several keep their sizes", () => {
  expect(lite({ hconcat: [] })).not.toHaveProperty("width");
  expect(lite({ encoding: { column: {} } })).not.toHaveProperty("width");
});

test("a chart of Vega itself is drawn as it is, in the page's colours", () => {
  const figure = { $schema: "https://example.com/schema/vega/v6.json", width: 900 };
  expect(isLite(figure)).toBe(false);
  const { specification, config } = compileLite(figure, DARK);
  expect(specification).toBe(figure);
  expect(config).toMatchObject({ background: "transparent", title: { color: "white" } });
});

function model(name: string, attributes: Part): Part {
  return { type: "object", name, id: "p1", attributes };
}

function bokeh(name: string, attributes: Part, look = LIGHT): Part {
  const { roots } = fitted({ roots: [model(name, attributes)] }, look) as { roots: Part[] };
  return roots[0]?.attributes as Part;
}

test("a figure of Bokeh is as wide as the card, and no wider than it says itself", () => {
  expect(bokeh("Figure", { height: 300 })).toEqual({ height: 300, sizing_mode: "stretch_width" });
  expect(bokeh("Figure", { width: 400 })).toMatchObject({ sizing_mode: "stretch_width", max_width: 400 });
  expect(bokeh("Figure", { sizing_mode: "fixed" })).toEqual({ sizing_mode: "fixed" });
  expect(bokeh("LinearAxis", {})).toEqual({});
});

test("what a figure of Bokeh says of its colours goes before the page's", () => {
  expect(bokeh("Title", { text: "a" }, DARK)).toEqual({ text: "a", text_color: "white" });
  expect(bokeh("Title", { text_color: "red" }, DARK)).toEqual({ text_color: "red" });
  expect(bokeh("Figure", {}, DARK)).toMatchObject({ background_fill_color: null });
});

test("Bokeh's own button to save is left out, as nothing is downloaded from a frame", () => {
  const tools = [model("PanTool", {}), model("SaveTool", {})];
  expect(bokeh("Toolbar", { tools }).tools).toHaveLength(1);
});
