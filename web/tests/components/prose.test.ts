// @vitest-environment jsdom
import { html } from "lit";
import { expect, test } from "vitest";
import "../../src/components/prose.ts";
import { drawn } from "./drawn.ts";

const LONG = "Some *words* of many. ".repeat(400);

test("of a long text, what is in view is shown until there is a parser, not all of it as one paragraph", async () => {
  const { root } = await drawn(html`<gs-prose .text=${LONG}></gs-prose>`);
  const before = root.querySelector("p")?.textContent ?? "";
  expect(LONG.startsWith(before)).toBe(true);
  expect(before.length).toBe(4_000);
  await expect.poll(() => root.querySelectorAll("em").length).toBe(400);
});

test("a long text without Markdown is shown whole, without a parser", async () => {
  const plain = "Some words of many. ".repeat(2_000);
  const { root } = await drawn(html`<gs-prose .text=${plain}></gs-prose>`);
  expect(root.querySelector("p")?.textContent).toBe(plain);
});
