// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import { frameFor, wordsOf, type Figure } from "../../../src/components/outputs/figure.ts";
import type { FigureFrame } from "../../../src/components/outputs/figure-frame.ts";
import type { Json, JsonMapping } from "../../../src/contract/json.ts";
import { CardPage, set, stubBrowser } from "./cards.ts";

beforeEach(stubBrowser);

const LINE = {
  data: [{ type: "scatter", y: [1, 2], name: "loss" }],
  layout: { title: { text: "Training" } },
};

function figureOf(library: Figure["library"], figure: Json): Figure {
  return { library, figure: figure as JsonMapping };
}

/** A card with a figure, and what its frame is sent. */
async function framed(figure: Json = LINE): Promise<{
  root: HTMLElement;
  page: CardPage;
  element: FigureFrame;
  sent: Record<string, unknown>[];
  say: (message: unknown, source?: Window | null) => Promise<void>;
}> {
  const page = new CardPage("plot");
  const root = await page.open("r");
  document.body.append(root);
  await page.receive("r", { type: "running" }, set({ library: "plotly", figure }));
  const element = root.querySelector<FigureFrame>("gs-figure-frame");
  const window_ = root.querySelector("iframe")?.contentWindow ?? null;
  if (element === null || window_ === null) throw new Error("there is no frame");
  const sent: Record<string, unknown>[] = [];
  vi.spyOn(window_, "postMessage").mockImplementation((message: unknown) => {
    sent.push(message as Record<string, unknown>);
  });
  const say = async (message: unknown, source: Window | null = window_): Promise<void> => {
    window.dispatchEvent(new MessageEvent("message", { data: message, source }));
    await element.updateComplete;
  };
  return { root, page, element, sent, say };
}

test("a figure is drawn in a frame without an origin, which is told the next one when it has drawn the last", async () => {
  const { root, page, sent, say } = await framed();
  const frame = root.querySelector("iframe");
  expect([frame?.getAttribute("sandbox"), frame?.getAttribute("src")]).toEqual([
    "allow-scripts",
    "frame/plotly",
  ]);
  expect(frame?.getAttribute("aria-description")).toBe("Training. loss");
  expect(sent).toEqual([]);
  await say({ ready: true });
  expect(sent.map(({ figure }) => JSON.parse(String(figure)) as Json)).toEqual([LINE]);
  for (const title of ["Second", "Third"])
    await page.receive("r", set({ library: "plotly", figure: { ...LINE, layout: { title } } }));
  expect(sent).toHaveLength(1);
  await say({ drawn: true });
  expect(sent).toHaveLength(2);
  expect(String(sent[1]?.figure)).toContain("Third");
});

test("what cannot be drawn is said, until the next figure is drawn", async () => {
  const { root, say } = await framed();
  await say({ ready: true });
  await say({ drawn: true, error: "no such trace" });
  expect(root.querySelector(".misfit")?.textContent).toBe("Cannot be drawn: no such trace");
  await say({ drawn: true });
  expect(root.querySelector(".misfit")).toBeNull();
});

test("the frame is as high as its figure, within bounds, and nobody else says how high", async () => {
  const { root, say } = await framed();
  const frame = root.querySelector("iframe");
  await say({ height: 120.5 });
  expect(frame?.style.height).toBe("121px");
  await say({ height: 10 ** 9 });
  expect(frame?.style.height).toBe("20000px");
  await say({ height: 5 }, window);
  await say({ height: "5px; color: red" });
  await say(null);
  expect(frame?.style.height).toBe("20000px");
});

test("a frame that never begins is told of", async () => {
  const { root, element } = await framed();
  vi.useFakeTimers();
  root.querySelector("iframe")?.dispatchEvent(new Event("load"));
  vi.advanceTimersByTime(5_000);
  vi.useRealTimers();
  await element.updateComplete;
  expect(root.querySelector(".misfit")?.textContent).toContain("could not be loaded");
});

test("a picture is what the frame makes of it, and nothing else that it sends", async () => {
  const { element, sent, say } = await framed();
  expect(await element.picture()).toBeNull();
  await say({ ready: true });
  const png = new Blob(["png"], { type: "image/png" });
  for (const [answer, expected] of [
    [png, png],
    [new Blob(["<script>"], { type: "text/html" }), null],
    [null, null],
  ]) {
    const picture = element.picture();
    expect(sent.at(-1)).toEqual({ picture: true });
    await say({ picture: answer });
    expect(await picture).toBe(expected);
  }
});

test("the smaller script of Plotly is loaded where it is enough", () => {
  expect(frameFor(figureOf("plotly", { data: [{}, { type: "pie" }] }))).toBe("plotly");
  expect(frameFor(figureOf("plotly", { data: [{ type: "scatter" }, { type: "scatter3d" }] }))).toBe(
    "plotly-whole",
  );
  expect(frameFor(figureOf("vega-lite", {}))).toBe("vega");
  expect(frameFor(figureOf("vega", {}))).toBe("vega");
  expect(frameFor(figureOf("bokeh", {}))).toBe("bokeh");
});

test("a figure is described by its title, its axes and its lines", () => {
  const layered = {
    title: { text: "Prices" },
    layer: [{ encoding: { x: { field: "day" }, y: { field: "price", title: "Price" } } }],
  };
  expect(wordsOf(figureOf("vega-lite", layered))).toBe("Prices. day. Price");
  const bokeh = {
    roots: [
      {
        name: "Figure",
        attributes: {
          title: { name: "Title", attributes: { text: "Waves" } },
          below: [{ name: "LinearAxis", attributes: { axis_label: "t" } }],
          data: { name: "Title", attributes: { text: "not this" } },
          center: [{ name: "LegendItem", attributes: { label: { type: "value", value: "sin" } } }],
        },
      },
    ],
  };
  expect(wordsOf(figureOf("bokeh", bokeh))).toBe("Waves. t. sin");
  expect(
    wordsOf(figureOf("plotly", { data: [{ name: "<b>a</b>" }], layout: { xaxis: { title: "x" } } })),
  ).toBe("x.  a ");
  expect(wordsOf(figureOf("plotly", { data: 5, layout: [] }))).toBe("");
});
