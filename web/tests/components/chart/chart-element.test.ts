// @vitest-environment jsdom
import { html } from "lit";
import { beforeEach, expect, test } from "vitest";
import type { Json } from "../../../src/contract/json.ts";
import "../../../src/components/outputs/table-output.ts";
import { drawn, seen } from "../drawn.ts";
import { stubBrowser } from "../outputs/cards.ts";

beforeEach(async () => {
  stubBrowser();
  // uPlot asks the browser for its pixels when it is loaded.
  await import("../../../src/components/chart/chart-element.ts");
});

const ROWS: readonly Json[] = [[0, 0.5], [1, null], [2, 0.25]]; // prettier-ignore

async function shown(value: Json, kind = "line"): Promise<HTMLElement> {
  const { root } = await drawn(
    html`<gs-chart-output .value=${value} .kind=${kind} .name=${"Loss"}></gs-chart-output>`,
  );
  return root;
}

test("a chart says what it shows", async () => {
  const root = await shown({ x: "step", y: ["loss"], color: null, rows: ROWS });
  expect(root.querySelector(".chart-plot")?.getAttribute("aria-label")).toBe(
    "Loss. Line chart of loss: 2 points, from 0.25 to 0.5. The arrow keys read one after the other.",
  );
  const empty = await shown({ x: null, y: [], color: null, rows: [] }, "bar");
  expect(empty.querySelector(".chart-plot")?.getAttribute("aria-label")).toBe(
    "Loss. Bar chart without points.",
  );
});

test("without a canvas its rows are shown as a table", async () => {
  const root = await shown({ x: "step", y: ["loss"], color: null, rows: ROWS });
  expect(root.querySelector("details")?.open).toBe(true);
  expect(seen(root.querySelector("table") ?? root)).toBe("steploss 00.5 1 20.25");
});

test("the arrow keys read one point after the other", async () => {
  const root = await shown({ x: "step", y: ["loss"], color: null, rows: ROWS });
  const press = async (key: string): Promise<string> => {
    root.querySelector(".chart-plot")?.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
    await root.querySelector<HTMLElement & { updateComplete: Promise<boolean> }>("gs-chart-output")
      ?.updateComplete;
    return root.querySelector("[aria-live]")?.textContent ?? "";
  };
  expect(await press("ArrowRight")).toBe("0: loss 0.5");
  expect(await press("ArrowRight")).toBe("2: loss 0.25");
  expect(await press("Home")).toBe("0: loss 0.5");
  expect(await press("Escape")).toBe("");
});

test("a legend hides and shows series; one series has none", async () => {
  const root = await shown({ x: "step", y: ["a", "b"], color: null, rows: [[0, 1, 2]] });
  const [, second] = root.querySelectorAll<HTMLButtonElement>(".chart-legend button");
  second?.click();
  await root.querySelector<HTMLElement & { updateComplete: Promise<boolean> }>("gs-chart-output")
    ?.updateComplete;
  expect(second?.getAttribute("aria-pressed")).toBe("false");
  const one = await shown({ x: "step", y: ["loss"], color: null, rows: ROWS });
  expect(one.querySelector(".chart-legend")).toBeNull();
});
