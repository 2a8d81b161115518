// @vitest-environment jsdom
import { html } from "lit";
import { beforeEach, expect, test } from "vitest";
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

test("a wide table is drawn over several frames, until all rows of its page are there", async () => {
  const columns = Array.from({ length: 60 }, (_, at) => `c${at}`);
  const rows = Array.from({ length: 201 }, (_, row) => columns.map((_column, at) => row * at));
  const { root } = await drawn(html`<gs-table-output .value=${{ columns, rows }}></gs-table-output>`);
  expect(root.querySelectorAll("tbody tr").length).toBeLessThan(40);
  await untilDrawn(root, "tbody tr", 100);
});
