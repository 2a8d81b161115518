/** Every word that a visitor reads is in `words/`, and is read when it is shown. */
import { expect, test } from "vitest";
import { readTree } from "./imports.ts";
import { linesThatReadWords } from "./loading.ts";
import { textsIn } from "./texts.ts";

/** Strings that only look like language: names, values of attributes, words of Python, code of examples. */
const NAMES: ReadonlySet<string> = new Set([
  'Authorization: "…",',
  "Bearer YOUR_TOKEN",
  "Esc",
  "False",
  "None",
  "Python",
  "True",
  "capture first",
  "figures end",
  "noopener noreferrer",
]);

/** What draws in frames: names of the libraries' own, which say to visitors what a figure says. */
const OF_LIBRARIES = "figure-frames/";

const tree = readTree(new URL("../../src", import.meta.url).pathname);

test("no source outside words/ holds text for visitors", () => {
  const found = [...tree]
    .filter(([path]) => !path.startsWith("words/") && !path.startsWith(OF_LIBRARIES))
    .flatMap(([path, source]) =>
      textsIn(source)
        .filter(({ text }) => !NAMES.has(text))
        .map(({ line, text }) => `${path}, line ${line}: ${text}`),
    );
  expect(found).toEqual([]);
});

test("no module reads words while it is loaded, before their language is chosen", () => {
  const found = [...tree].flatMap(([path, source]) =>
    path === "words.ts" ? [] : linesThatReadWords(source).map((line) => `${path}, line ${line}`),
  );
  expect(found).toEqual([]);
});

test("words that are read while a module is loaded are found, and others are not", () => {
  const early = "const A = words.a;\nconst { b } = words;\nclass C {\n  static d = [words.d];\n}";
  expect(linesThatReadWords(early)).toEqual([1, 2, 4]);
  const late = "const a = () => words.a;\nclass C {\n  d = words.d;\n}\nconst e = { words: 1 };";
  expect(linesThatReadWords(late)).toEqual([]);
});
