// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import type { RunEvent } from "../../../src/contract/event.ts";
import { CardPage, set, stubBrowser, SUCCEEDED } from "./cards.ts";

const RUNNING: RunEvent = { type: "running" };
const FAILED: RunEvent = {
  type: "failed",
  duration_s: 1,
  fault: "developer",
  message: "no",
  detail: "line 1",
  inputs: {},
};
const ANSWER = [{ role: "assistant", content: "yes" }];

beforeEach(stubBrowser);

function isStale(root: Element): boolean {
  return root.querySelector(".out")?.classList.contains("stale") === true;
}

/** The parts of a card, from top to bottom. */
function parts(root: Element): readonly string[] {
  return [...(root.querySelector(".out")?.children ?? [])].map((part) => part.classList[0] ?? "");
}

test("a value of the run before is dimmed until the new run has one of its own", async () => {
  const page = new CardPage("text");
  const root = await page.open("r");
  await page.receive("r", set("old"), SUCCEEDED);
  expect(isStale(root)).toBe(false);
  page.follow("s");
  await page.receive("s", RUNNING);
  expect(isStale(root)).toBe(true);
  await page.receive("s", set("new"));
  expect(isStale(root)).toBe(false);
});

test("a conversation goes on from run to run, and is never dimmed", async () => {
  const page = new CardPage("chat");
  const root = await page.open("r");
  await page.receive("r", set(ANSWER), SUCCEEDED);
  page.follow("s");
  await page.receive("s", RUNNING);
  expect(isStale(root)).toBe(false);
});

test("a failure stands above the value, and below a conversation, where it is read", async () => {
  for (const [type, value, order] of [
    ["text", "some", ["line", "head", "failure", "body"]],
    ["chat", ANSWER, ["line", "head", "body", "failure"]],
  ] as const) {
    const page = new CardPage(type);
    const root = await page.open("r");
    await page.receive("r", set(value), FAILED);
    expect(parts(root)).toEqual(order);
  }
});

test("a player is there before its first value, and is the same element afterwards", async () => {
  const page = new CardPage("audio");
  const root = await page.open("r");
  const before = root.querySelector("gs-audio-output");
  await page.receive("r", set({ blob: "d", mime: "audio/wav", size: 9 }));
  expect(before).not.toBeNull();
  expect(root.querySelector("gs-audio-output")).toBe(before);
});
