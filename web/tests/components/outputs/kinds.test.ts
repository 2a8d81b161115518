// @vitest-environment jsdom
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { Json } from "../../../src/contract/json.ts";
import { OUTPUT_KINDS } from "../../../src/components/outputs/kinds.ts";
import { seen } from "../drawn.ts";
import { CardPage, set, stubBrowser, SUCCEEDED } from "./cards.ts";
import { OUTPUT_CASES, type OutputCase } from "./cases.ts";

const SCHEMAS = join(import.meta.dirname, "../../../../schemas/outputs");
const CASES = Object.entries(OUTPUT_CASES);

beforeEach(stubBrowser);

function body(root: Element): string {
  return seen(root.querySelector(".body") ?? root);
}

function tools(root: Element): { copied: string | undefined; downloaded: string | undefined } {
  const copy = root.querySelector<HTMLElement & { text: () => string }>(".tools gs-copy-button");
  const link = root.querySelector<HTMLAnchorElement>(".tools a[download]");
  return { copied: copy?.text(), downloaded: link?.download };
}

async function drawnCard(type: string, { keys, value }: OutputCase): Promise<[HTMLElement, CardPage]> {
  const page = new CardPage(type, keys);
  const root = await page.open("r");
  await page.receive("r", { type: "running" }, set(value));
  return [root, page];
}

test("every kind that a demo can name has its file and its place in the list", () => {
  const named = readdirSync(SCHEMAS).map((file) => file.replace(".schema.json", ""));
  expect(OUTPUT_KINDS.names.toSorted()).toEqual(named.toSorted());
});

test("every kind that does more than draw its value has its case", () => {
  const plain = new Set(["type", "fields", "draw"]);
  const rich = OUTPUT_KINDS.names
    .map(OUTPUT_KINDS.of)
    .filter((kind) => Object.keys(kind).some((member) => !plain.has(member)));
  expect(rich.map(({ type }) => type).filter((type) => !(type in OUTPUT_CASES))).toEqual([]);
});

const SHAPES: readonly Json[] = ["words", 5, true, [1, null], [{ a: 1 }], { a: [1] }];

test.each(OUTPUT_KINDS.names)("%s is drawn for a value of any shape", async (type) => {
  const page = new CardPage(type, OUTPUT_CASES[type]?.keys);
  const root = await page.open("r");
  for (const value of SHAPES) {
    await page.receive("r", { type: "running" }, set(value));
    expect(root.querySelector("h2")?.textContent).toBe("Out");
  }
});

describe.each(CASES)("%s", (type, example) => {
  test("has its label, a placeholder and no tools before the first value", async () => {
    const page = new CardPage(type, { placeholder: "Here it comes", ...example.keys });
    const root = await page.open("r");
    await page.receive("r", SUCCEEDED);
    expect(root.querySelector("h2")?.textContent).toBe("Out");
    expect(body(root)).toContain("Here it comes");
    expect(tools(root)).toEqual({ copied: undefined, downloaded: undefined });
  });

  test("draws its value", async () => {
    const [root] = await drawnCard(type, example);
    const { shown } = example;
    if (typeof shown === "string") expect(body(root)).toContain(shown);
    else expect(root.querySelector(shown.element)).not.toBeNull();
    expect(root.querySelector(".placeholder")).toBeNull();
  });

  test("has the tools to copy or download its value", async () => {
    const [root] = await drawnCard(type, example);
    expect(tools(root)).toEqual({ copied: example.copied, downloaded: example.downloaded });
  });

  test("says how much its value is", async () => {
    const [root, page] = await drawnCard(type, example);
    await page.receive("r", SUCCEEDED);
    const size = example.size === undefined ? "" : `${example.size} · `;
    expect(root.querySelector(".state")?.textContent).toBe(`${size}2.0 s`);
  });

  test("draws a value of another shape without breaking the card", async () => {
    const [root] = await drawnCard(type, { ...example, value: example.misfit });
    expect(root.querySelector("h2")?.textContent).toBe("Out");
  });
});

test("a kind that only a newer server has says so in its card", async () => {
  const page = new CardPage("smell");
  const root = await page.open("r");
  expect(body(root)).toBe(
    "This page does not know outputs of type “smell” yet. Reload the page to get the newest.",
  );
});

test("pictures are counted when a run has more than one", async () => {
  const page = new CardPage("image");
  const root = await page.open("r");
  const picture = { blob: "d", mime: "image/png", size: 1 };
  await page.receive("r", set(picture), set({ ...picture, blob: "e" }), SUCCEEDED);
  expect(root.querySelector(".state")?.textContent).toBe("2 pictures · 2.0 s");
});

test("a stream's length stands in figures alone beside what its player reports", async () => {
  const page = new CardPage("audio");
  const root = await page.open("r");
  const stream = { type: "stream", output: "out", mime: "audio/mp4", timescale: 48_000 } as const;
  const segment = {
    type: "segment",
    output: "out",
    index: 0,
    start_s: 0,
    duration_s: 12.3,
    peaks: [],
  } as const;
  await page.receive("r", stream, segment);
  expect(root.querySelector(".tools a")?.getAttribute("aria-disabled")).toBe("true");
  await page.receive("r", SUCCEEDED);
  expect(root.querySelector(".state")?.textContent).toBe("12 s of sound · 2.0 s");
  expect(tools(root).downloaded).toBe("out.wav");
});
