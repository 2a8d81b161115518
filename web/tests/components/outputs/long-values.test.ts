// @vitest-environment jsdom
import { html } from "lit";
import { beforeEach, describe, expect, test } from "vitest";
import "../../../src/components/outputs/kinds.ts";
import type { Json } from "../../../src/contract/json.ts";
import { drawn, settled } from "../drawn.ts";
import { stubBrowser } from "./cards.ts";

beforeEach(stubBrowser);

function conversation(length: number): Json {
  return Array.from({ length }, (_, at) => ({
    role: at % 2 === 0 ? "user" : "assistant",
    content: `no ${at}`,
  }));
}

/** Wait for as many frames as it takes until so many elements are there. */
async function untilDrawn(root: Element, selector: string, count: number): Promise<void> {
  while (root.querySelectorAll(selector).length < count) {
    await new Promise(requestAnimationFrame);
    await settled(root);
  }
}

test("a long conversation is drawn from its end, some messages a frame, until all are there in order", async () => {
  const { root } = await drawn(html`<gs-messages .value=${conversation(100)}></gs-messages>`);
  const first = [...root.querySelectorAll(".message")].map(({ textContent }) => textContent.trim());
  expect(first.length).toBeLessThan(30);
  expect(first.at(-1)).toBe("no 99");
  await untilDrawn(root, ".message", 100);
  const all = [...root.querySelectorAll(".message")].map(({ textContent }) => textContent.trim());
  expect(all).toEqual(Array.from({ length: 100 }, (_, at) => `no ${at}`));
});

test("messages that were drawn stay the same elements when another one follows", async () => {
  const messages = conversation(6) as readonly Json[];
  const { root, again } = await drawn(html`<gs-messages .value=${messages}></gs-messages>`);
  const before = [...root.querySelectorAll(".message")];
  await again(html`<gs-messages .value=${[...messages, { role: "user", content: "more" }]}></gs-messages>`);
  expect([...root.querySelectorAll(".message")].slice(0, 6)).toEqual(before);
});

/** The greatest number of these elements that any frame adds or changes, until so many are there and all is still. */
async function mostInAFrame(root: Element, selector: string, begin: () => Promise<unknown>): Promise<number> {
  const touched = new Set<Element>();
  const observer = new MutationObserver((records) => {
    for (const record of records) for (const element of elementsOf(record, selector)) touched.add(element);
  });
  observer.observe(root, { childList: true, characterData: true, subtree: true });
  let most = 0;
  await begin();
  for (let still = 0; still < 3; still += 1) {
    await settled(root);
    await Promise.resolve();
    if (touched.size > 0) still = 0;
    most = Math.max(most, touched.size);
    touched.clear();
    await new Promise(requestAnimationFrame);
  }
  observer.disconnect();
  return most;
}

function elementsOf({ target, addedNodes }: MutationRecord, selector: string): readonly Element[] {
  const around = (target instanceof Element ? target : target.parentElement)?.closest(selector);
  const added = [...addedNodes].flatMap((node) =>
    node instanceof Element
      ? [...(node.matches(selector) ? [node] : []), ...node.querySelectorAll(selector)]
      : [],
  );
  return around === null || around === undefined ? added : [around, ...added];
}

test("a conversation is drawn by messages and by characters, so many a frame", async () => {
  const long = Array.from({ length: 60 }, (_, at) => ({ role: "user", content: `${at} `.repeat(1_000) }));
  const { root } = await drawn(html`<gs-messages .value=${[]}></gs-messages>`);
  const messages = root.querySelector("gs-messages");
  const most = await mostInAFrame(root, ".message", () => {
    Object.assign(messages ?? {}, { value: long });
    return settled(root);
  });
  expect(root.querySelectorAll(".message")).toHaveLength(60);
  expect(most).toBeLessThanOrEqual(3);
});

test("a conversation that another of the same length replaces is drawn from its end too, without a message of the first", async () => {
  const { root } = await drawn(html`<gs-messages .value=${conversation(100)}></gs-messages>`);
  await untilDrawn(root, ".message", 100);
  const other = (conversation(100) as readonly Json[]).map((_, at) => ({
    role: "user",
    content: `other ${at}`,
  }));
  Object.assign(root.querySelector("gs-messages") ?? {}, { value: other });
  await settled(root);
  const shown = [...root.querySelectorAll(".message")].map(({ textContent }) => textContent.trim());
  expect(shown.length).toBeLessThan(30);
  expect(shown).toEqual(other.slice(-shown.length).map(({ content }) => content));
  await untilDrawn(root, ".message", 100);
});

/** A cell of a row that is drawn; one that is blank has a single cell over all columns. */
const CELL = "td:not([colspan])";

describe("a table", () => {
  const columns = Array.from({ length: 20 }, (_, at) => `c${at}`);

  function cells(seed: number, length = 201): Json {
    return {
      columns,
      rows: Array.from({ length }, (_, row) => columns.map((_column, at) => row * at + seed)),
    };
  }

  /** The first cell of each row in each frame, until no row is blank; "" for a row that is. */
  async function framesOf(root: Element, value: Json): Promise<readonly (readonly string[])[]> {
    const frames: string[][] = [];
    Object.assign(root.querySelector("gs-table-output") ?? {}, { value });
    do {
      await settled(root);
      frames.push([...root.querySelectorAll("tbody td:first-child")].map((cell) => cell.textContent.trim()));
      await new Promise(requestAnimationFrame);
    } while (frames.at(-1)?.includes("") === true || frames.length < 3);
    return frames;
  }

  test("that is replaced never shows rows of both values in a frame, nor other rows than those in view first", async () => {
    const { root } = await inFrames(cells(1), cells(1));
    const box = root.querySelector(".table-box") ?? root;
    Object.defineProperties(box, { scrollTop: { value: 50 }, scrollHeight: { value: 100 } });
    box.dispatchEvent(new Event("scroll"));
    for (const [seed, length] of [
      [2, 201],
      [3, 120],
    ] as const) {
      const frames = await framesOf(root, cells(seed, length));
      const others = frames.filter((frame) => !frame.includes(String(seed - 1)));
      for (const frame of others)
        expect(frame.slice(50, 68)).toEqual(Array.from({ length: 18 }, () => String(seed)));
      for (const frame of frames) expect(new Set(frame.filter((text) => text !== "")).size).toBe(1);
      expect(frames.at(-1)).toEqual(Array.from({ length: 100 }, () => String(seed)));
      expect(others.length).toBeGreaterThan(1);
    }
  });

  test("that is replaced again before all of it is there shows the latest, in one step too", async () => {
    const { root } = await inFrames(cells(1), cells(1));
    Object.assign(root.querySelector("gs-table-output") ?? {}, { value: cells(2) });
    await settled(root);
    for (const frame of await framesOf(root, cells(3)))
      expect(new Set(frame.filter((text) => text !== "")).size).toBe(1);
    expect(root.querySelector("td")?.textContent).toBe("3");
  });

  async function inFrames(value: Json, before: Json = null): Promise<{ root: Element; most: number }> {
    const { root } = await drawn(html`<gs-table-output .value=${before}></gs-table-output>`);
    await mostInAFrame(root, CELL, () => Promise.resolve());
    const most = await mostInAFrame(root, CELL, () => {
      Object.assign(root.querySelector("gs-table-output") ?? {}, { value });
      return settled(root);
    });
    return { root, most };
  }

  test("that is wide is drawn over several frames, until all rows of its page are there", async () => {
    const { root, most } = await inFrames(cells(0));
    expect(root.querySelectorAll("tbody tr")).toHaveLength(100);
    expect(most).toBeLessThanOrEqual(420);
  });

  test("that is replaced by another changes over several frames, until all of it is the other", async () => {
    const { root, most } = await inFrames(cells(1), cells(0));
    expect(most).toBeLessThanOrEqual(420);
    const shown = [...root.querySelectorAll("tbody tr")].map((row) =>
      Number(row.querySelector("td")?.textContent),
    );
    expect(shown).toEqual(Array.from({ length: 100 }, () => 1));
  });

  test("that is wide has fewer rows on a page", async () => {
    const wide = Array.from({ length: 60 }, (_, at) => at);
    const { root } = await inFrames({
      columns: wide.map(String),
      rows: Array.from({ length: 41 }, () => wide),
    });
    expect(root.querySelectorAll("tbody tr")).toHaveLength(40);
    expect(root.textContent).toContain("1–40 of 41");
  });

  test("that is wide shows at first the columns in view of the rows in view, and never draws many cells at once", async () => {
    const wide = Array.from({ length: 60 }, (_, at) => `c${at}`);
    const value = {
      columns: wide,
      rows: Array.from({ length: 200 }, (_, row) => wide.map((at) => `${row}:${at}`)),
    };
    const { root } = await drawn(html`<gs-table-output .value=${null}></gs-table-output>`);
    let first: readonly number[] = [];
    const most = await mostInAFrame(root, CELL, async () => {
      Object.assign(root.querySelector("gs-table-output") ?? {}, { value });
      await settled(root);
      first = [...root.querySelectorAll("tbody tr")].map((row) => row.querySelectorAll(CELL).length);
    });
    expect(first.slice(0, 18)).toEqual([60, ...Array.from({ length: 17 }, () => 22)]);
    expect(first.slice(18)).toEqual(Array.from({ length: 22 }, () => 0));
    expect(most).toBeLessThanOrEqual(460);
    const all = [...root.querySelectorAll("tbody tr")].map((row) =>
      [...row.querySelectorAll("td")].map((cell) => cell.textContent),
    );
    expect(all).toEqual(value.rows.slice(0, 40));
  });

  test("that is sent again as it was is left alone", async () => {
    expect((await inFrames(cells(0), cells(0))).most).toBe(0);
  });

  test("that becomes shorter loses the rows at its end", async () => {
    const { root } = await inFrames(
      { columns: ["a"], rows: [[1]] },
      { columns: ["a"], rows: [[1], [2], [3]] },
    );
    expect(root.querySelectorAll("tbody tr")).toHaveLength(1);
  });

  test("with other columns never shows a row below names that are not its own", async () => {
    const { root } = await inFrames(
      { columns: ["b", "c"], rows: [[3, 4]] },
      { columns: ["a"], rows: [[1], [2]] },
    );
    expect(root.querySelector("table")?.textContent.replace(/\s+/g, " ").trim()).toBe("bc 34");
  });

  test("of 10,000 columns has pages of columns too", async () => {
    const wide = Array.from({ length: 10_000 }, (_, at) => at);
    const { root, most } = await inFrames({ columns: wide.map(String), rows: [wide, wide] });
    expect(most).toBeLessThanOrEqual(400);
    expect(root.querySelectorAll("th")).toHaveLength(100);
    expect(root.textContent).toContain("Columns 1–100 of 10000");
    root.querySelector<HTMLButtonElement>("nav button:last-child")?.click();
    await mostInAFrame(root, CELL, () => settled(root));
    expect(root.querySelector("th")?.textContent).toBe("100");
    expect(root.querySelector("td")?.textContent).toBe("100");
  });

  test("whose rows are of other lengths than its columns shows what fits", async () => {
    const { root } = await inFrames({ columns: ["a", "b"], rows: [[1], [1, 2, 3], "x", null, {}] });
    const rows = [...root.querySelectorAll("tbody tr")].map((row) => row.querySelectorAll("td").length);
    expect(rows).toEqual([2, 2, 2, 2, 2]);
  });
});
