// @vitest-environment jsdom
/** No value leaves its card blank, and none takes the next one with it. */
import { beforeEach, expect, test, vi } from "vitest";
import { OUTPUT_KINDS } from "../../../src/components/outputs/kinds.ts";
import { asText, parseJson, type Json } from "../../../src/contract/json.ts";
import { words } from "../../../src/words.ts";
import { seen } from "../drawn.ts";
import { CardPage, set, stubBrowser, SUCCEEDED } from "./cards.ts";

beforeEach(stubBrowser);

const ODD: readonly string[] = [
  "true",
  "0",
  "-0.0",
  "1e308",
  "1.234e-7",
  "12345678901234567890",
  '"text"',
  String.raw`"\u2028 \u0000 \ud800 </script>"`,
  "[]",
  "[null]",
  '[1, "two", [3], {"four": 4}]',
  "[[[[[[[[[[1]]]]]]]]]]",
  "{}",
  '{"__proto__": 1, "constructor": 2, "toString": 3, "hasOwnProperty": null}',
  '{"10": 1, "2": {"1": 12345678901234567890}}',
  '{"columns": 1, "rows": 2}',
  '{"columns": [1, null, {"a": 1}], "rows": [null, 1, {"b": 2}, [1, 2, 3, 4, 5]]}',
  '[{"label": 5, "score": null}, {"score": "high"}, null, "label", {"label": "a", "score": 1e999}]',
  '[{"role": 5, "content": "x"}, "word", null, {"role": "odd", "content": {"blob": 1}}]',
  '[{"role": "assistant", "content": "x", "metadata": {"title": 5, "duration": "1.3 s", "log": 3, "status": {}}}]',
  '[{"role": "assistant", "content": "x", "metadata": "free"}]',
  '{"blob": 1, "mime": null}',
  '{"mime": "audio/mp4", "timescale": "x", "segments": [1, null, "a"]}',
];

const KINDS = OUTPUT_KINDS.names;

test.each(KINDS)("%s", async (type) => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const page = new CardPage(type);
  const body = (await page.open("r")).querySelector(".body") ?? document.body;
  for (const written of ODD) {
    const value = parseJson(written);
    await page.receive("r", set(value));
    const isNothing = type === "chat" && Array.isArray(value) && value.length === 0;
    const isDrawn =
      seen(body) !== "" ||
      body.querySelector("img, ol, table, pre, details, canvas, iframe, gs-prose") !== null;
    expect(isDrawn || isNothing, `${type} of ${written}`).toBe(true);
  }
});

test.each([
  ["scores", { a: 1 }],
  ["table", [1, 2]],
  ["chat", { role: "user" }],
  ["image", "a text"],
] as readonly (readonly [string, Json])[])(
  "%s shows what it cannot draw as text, with a note",
  async (type, value) => {
    const page = new CardPage(type);
    const root = await page.open("r");
    await page.receive("r", set(value));
    expect(seen(root)).toContain(words.outputs.misfit);
    expect(seen(root)).toContain(asText(value));
  },
);

test("a score that is not a number, and an item that is no score, hide no other", async () => {
  const page = new CardPage("scores");
  const root = await page.open("r");
  await page.receive("r", set([{ label: "a", score: null }, { label: "b", score: 0.9 }, "c"]));
  expect(seen(root.querySelector(".scores") ?? root)).toBe("a– b90.0 % c–");
});

test("a message that is none is shown in its place, and the others stay", async () => {
  const page = new CardPage("chat");
  const root = await page.open("r");
  await page.receive(
    "r",
    set([{ role: "user", content: "Why?" }, { said: "it" }, { role: "assistant", content: "so" }]),
  );
  expect(seen(root)).toContain("Why?");
  expect(seen(root)).toContain(words.outputs.misfit);
  expect(seen(root)).toContain("so");
});

test("a value that is none after another is told from one that never came", async () => {
  const page = new CardPage("number");
  const root = await page.open("r");
  await page.receive("r", set(1.5), set(null), SUCCEEDED);
  expect(seen(root)).toContain(words.outputs.none);
  expect(seen(root)).not.toContain(words.outputs.endedEmpty);
});
