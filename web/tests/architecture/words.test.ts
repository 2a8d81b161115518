/** Every word that a visitor reads is in `words.ts`. */
import { expect, test } from "vitest";
import { readTree } from "./imports.ts";
import { textsIn } from "./texts.ts";

/** Strings that only look like language: names, values of attributes, words of Python. */
const NAMES: ReadonlySet<string> = new Set([
  "False",
  "None",
  "Python",
  "True",
  "capture first",
  "figures right",
  "noopener noreferrer",
]);

test("no source but words.ts holds text for visitors", () => {
  const tree = readTree(new URL("../../src", import.meta.url).pathname);
  const found = [...tree]
    .filter(([path]) => path !== "words.ts")
    .flatMap(([path, source]) =>
      textsIn(source)
        .filter(({ text }) => !NAMES.has(text))
        .map(({ line, text }) => `${path}, line ${line}: ${text}`),
    );
  expect(found).toEqual([]);
});
