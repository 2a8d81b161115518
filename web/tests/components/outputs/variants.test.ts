// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import type { Json } from "../../../src/contract/json.ts";
import type { LightElement } from "../../../src/components/light-element.ts";
import { until } from "../../patience.ts";
import { seen } from "../drawn.ts";
import { CardPage, set, stubBrowser } from "./cards.ts";

beforeEach(stubBrowser);

async function shown(type: string, value: Json, keys: Readonly<Record<string, Json>> = {}): Promise<Element> {
  const page = new CardPage(type, keys);
  const root = await page.open("r");
  await page.receive("r", set(value));
  return root.querySelector(".body") ?? root;
}

/** The messages as they are when the run is over. */
async function over(body: Element): Promise<void> {
  const messages = body.querySelector<LightElement>("gs-messages");
  Object.assign(messages ?? {}, { isActive: false });
  await messages?.updateComplete;
}

test("a number without a precision has at most six decimals, and no unit of its own", async () => {
  expect(seen(await shown("number", 2 / 3))).toBe("0.666667");
  expect(seen(await shown("number", 5, { precision: 1, unit: "°C" }))).toBe("5.0 °C");
});

test("all scores are shown unless the demo limits them, small ones with more digits", async () => {
  const value = [
    { label: "cat", score: 0.9 },
    { label: "dog", score: 0.0012 },
  ];
  expect(seen(await shown("scores", value))).toBe("cat90.0 % dog0.12 %");
});

test("a long table is shown in pages", async () => {
  const rows = Array.from({ length: 201 }, (_, index) => [index]);
  const body = await shown("table", { columns: ["n"], rows });
  expect(body.querySelectorAll("tbody tr")).toHaveLength(100);
  expect(body.querySelector(".pager")?.textContent).toContain("1–100 of 201");
});

test("a long branch of JSON is shown in parts", async () => {
  const body = await shown("json", { list: Array.from({ length: 150 }, () => 0) });
  expect(seen(body)).toContain("50 more");
  expect(body.querySelectorAll(".json-leaf")).toHaveLength(100);
});

test("a conversation has questions, answers, thoughts with their duration, and pictures of its run", async () => {
  const body = await shown("chat", [
    { role: "user", content: "Why?" },
    { role: "assistant", content: "hm", metadata: { title: "Thinking", duration: 2, log: "two steps" } },
    { role: "assistant", content: { blob: "d", mime: "image/png", size: 9 } },
  ]);
  expect(body.querySelector(".mine")?.textContent).toContain("Why?");
  expect(body.querySelector("details.thought summary")?.textContent).toBe("Thinkingtwo steps · 2.0 s");
  expect(body.querySelector("gs-image-output")).toHaveProperty("url", "api/runs/r/blobs/d");
});

test("a message of several parts shows each as its kind does, files of an earlier run from there", async () => {
  const blob = { blob: "s", size: 9, name: "a.wav" };
  const body = await shown("chat", [
    {
      role: "assistant",
      content: [
        "Listen",
        { ...blob, mime: "audio/wav", run: "q" },
        { ...blob, mime: "video/mp4" },
        { ...blob, mime: "image/png", name: "a.png" },
        { ...blob, mime: "application/octet-stream", name: "a.zip" },
        { columns: ["n"], rows: [[1]] },
        "and read",
      ],
      options: [{ value: "Once more", label: "Again" }],
    },
  ]);
  await until(() => body.querySelectorAll(".part").length === 5);
  const address = (part: string): string | undefined =>
    body.querySelector<HTMLAnchorElement>(`${part} .part-tools a`)?.href;
  expect(address("gs-chat-part:has(gs-audio-output)")).toMatch(/api\/runs\/q\/blobs\/s$/);
  expect(address("gs-chat-part:has(gs-video-output)")).toMatch(/api\/runs\/r\/blobs\/s$/);
  expect(body.querySelector("gs-image-output")).toHaveProperty("name", "a.png");
  expect(body.querySelector(".files a")?.getAttribute("download")).toBe("a.zip");
  expect(seen(body.querySelector("gs-table-output") ?? body)).toContain("n 1");
  await over(body);
  const said: unknown[] = [];
  body.addEventListener("gs-chat", (event) => said.push((event as CustomEvent).detail));
  body.querySelector<HTMLElement>(".options .chip")?.click();
  expect(said).toEqual([{ words: "Once more", index: null }]);
});

test("thoughts are drawn in the ones that they name, open while any of it is pending or growing", async () => {
  const thought = (id: string, parent_id: string | null, status: string): Json => ({
    role: "assistant",
    content: `text of ${id}`,
    metadata: { title: id, id, parent_id, status },
  });
  const talk = [thought("a", null, "done"), thought("b", "a", "pending"), thought("c", "b", "done")];
  const body = await shown("chat", talk);
  await over(body);
  const titles = (within: string): unknown =>
    [...body.querySelectorAll(`${within} > summary bdi`)].map((each) => each.textContent);
  expect(titles(".messages > details")).toEqual(["a"]);
  expect(titles("details > details")).toEqual(["b", "c"]);
  expect(titles("details[open]")).toEqual(["a", "b"]);
});

test("a thought that the visitor has opened or closed stays so while the answer grows", async () => {
  const thought = (id: string, content: string, status: string): Json => ({
    role: "assistant",
    content,
    metadata: { title: id, id, status },
  });
  const page = new CardPage("chat");
  const root = await page.open("r");
  const open = (): unknown => [...root.querySelectorAll("details")].map((each) => each.open);
  await page.receive("r", set([thought("a", "x", "done"), thought("b", "y", "pending"), "so"]));
  expect(open()).toEqual([false, true]);
  for (const summary of root.querySelectorAll<HTMLElement>("summary")) summary.click();
  expect(open()).toEqual([true, false]);
  await page.receive("r", set([thought("a", "x, x", "done"), thought("b", "y, y", "pending"), "so on"]));
  expect(open()).toEqual([true, false]);
  await page.receive("r", set([thought("a", "x, x, x", "done"), thought("b", "y", "done"), "so on"]));
  expect(open()).toEqual([true, false]);
});

test("an answer is liked where the demo has an action for it, and that is taken back by a second press", async () => {
  const body = await shown("chat", ["So", { role: "user", content: "Why?" }], { like: "rate" });
  await over(body);
  const told: unknown[] = [];
  body.addEventListener("gs-like", (event) => told.push((event as CustomEvent).detail));
  const pressed = (): unknown =>
    [...body.querySelectorAll("[aria-pressed]")].map((each) => each.getAttribute("aria-pressed"));
  for (const expected of [
    ["true", "false"],
    ["false", "false"],
  ]) {
    body.querySelector<HTMLElement>("[aria-pressed]")?.click();
    await over(body);
    expect(pressed()).toEqual(expected);
  }
  expect(told).toEqual([
    { index: 0, liked: true },
    { index: 0, liked: null },
  ]);
});

test("an own message can be changed where the demo allows it", async () => {
  const body = await shown("chat", [{ role: "user", content: "Why?" }], { edit: true });
  await over(body);
  body.querySelector<HTMLElement>(".mine .tool")?.click();
  await over(body);
  const field = body.querySelector<HTMLTextAreaElement>(".changing textarea");
  expect(field?.value).toBe("Why?");
  const said: unknown[] = [];
  body.addEventListener("gs-chat", (event) => said.push((event as CustomEvent).detail));
  if (field !== null) field.value = "How?";
  field?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  expect(said).toEqual([{ words: "How?", index: 0 }]);
});

test("metadata of another shape hides neither its message nor the conversation", async () => {
  const body = await shown("chat", [
    { role: "assistant", content: "one", metadata: "free text" },
    { role: "assistant", content: "two", metadata: { title: "Thinking", duration: "2 s" } },
  ]);
  expect(body.querySelector(".theirs")?.textContent).toContain("one");
  expect(body.querySelector("details.thought summary")?.textContent).toBe("Thinking2 s");
});

test("a picture of a conversation that was kept without its run is named as gone", async () => {
  const page = new CardPage("chat");
  const root = await page.open("r");
  page.model.runner.setValue("out", [
    { role: "assistant", content: { blob: "d", mime: "image/png", size: 9 } },
  ]);
  await page.receive("r");
  expect(root.querySelector(".gone")?.textContent).toBe("A file was here; it was kept with its run.");
});

test("while the answer is awaited, a sign stands for it", async () => {
  const body = await shown("chat", [{ role: "user", content: "Why?" }]);
  expect(body.querySelector(".dots")?.getAttribute("aria-label")).toBe("thinking");
});
