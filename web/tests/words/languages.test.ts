/** Every language has every word, with all that is to be put into it; a wish leads to the language that is meant. */
import { expect, test } from "vitest";
import { english, type Words } from "../../src/words/en.ts";
import { languageFor, LANGUAGES, type Language } from "../../src/words/languages.ts";
import { englishApi } from "../../src/words/api/en.ts";
import { englishCapture } from "../../src/words/capture/en.ts";
import { englishCatalog } from "../../src/words/catalog/en.ts";
import { englishChart } from "../../src/words/chart/en.ts";
import { englishChat } from "../../src/words/chat/en.ts";
import { englishClip } from "../../src/words/clip/en.ts";
import { englishFolder } from "../../src/words/folder/en.ts";
import { englishGallery } from "../../src/words/gallery/en.ts";
import { englishLocation } from "../../src/words/location/en.ts";
import { englishModels } from "../../src/words/models/en.ts";
import { englishPlayer } from "../../src/words/player/en.ts";
import { englishShortcuts } from "../../src/words/shortcuts/en.ts";
import { englishSketch } from "../../src/words/sketch/en.ts";
import { englishTableEditor } from "../../src/words/table-editor/en.ts";
import { englishLogView } from "../../src/words/log-view/en.ts";
import { englishCodeFields } from "../../src/words/code-fields/en.ts";
import { englishRecorded } from "../../src/words/recorded/en.ts";
import { englishCompare } from "../../src/words/compare/en.ts";
import { englishPaging } from "../../src/words/paging/en.ts";
import { speak, words } from "../../src/words.ts";

/** With what comes with its part. */
const ALL_ENGLISH: Words = {
  ...english,
  api: englishApi,
  capture: englishCapture,
  catalog: englishCatalog,
  chart: englishChart,
  chat: englishChat,
  clip: englishClip,
  folder: englishFolder,
  gallery: englishGallery,
  location: englishLocation,
  models: englishModels,
  player: englishPlayer,
  shortcuts: englishShortcuts,
  sketch: englishSketch,
  tableEditor: englishTableEditor,
  logView: englishLogView,
  codeFields: englishCodeFields,
  recorded: englishRecorded,
  compare: englishCompare,
  paging: englishPaging,
};

const LOADED = await Promise.all(
  Object.entries(LANGUAGES).map(
    async ([language, { load }]) =>
      [language as Language, language === "en" ? ALL_ENGLISH : await load()] as const,
  ),
);

/** A word, or what makes it, by its path. */
type Leaf = string | ((...given: readonly unknown[]) => string);

function leavesOf(value: object, path: string): readonly (readonly [string, Leaf])[] {
  return Object.entries(value).flatMap(([key, found]: [string, Leaf | object]) =>
    typeof found === "object" ? leavesOf(found, `${path}${key}.`) : [[`${path}${key}`, found] as const],
  );
}

function leaves(of: Words): readonly (readonly [string, Leaf])[] {
  const { figures, ...rest } = of;
  expect(figures.seconds(1)).toMatch(/1/);
  return leavesOf(rest, "").toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** What a function is called with: numbers that can be told apart, but for those that need something else. */
const MARKS = [7, 13, 29, 31];
const GIVEN: Readonly<Record<string, readonly unknown[]>> = {
  "actions.keys": [false],
  "capture.notAllowed": ["audio"],
  "capture.notSecure": ["video"],
  "capture.notFound": ["audio"],
  "capture.notReadable": ["video"],
  "capture.failed": ["video", "7"],
  "chart.summary": [7, 13, ["29", "31"], { amount: 37, low: 41, high: 43 }],
  "files.tooLarge": [7, 13_000_000, 29_000_000],
  "files.upTo": [7_000_000],
  "location.coordinates.box": [{ x: 7, y: 13, width: 29, height: 31 }],
  "location.coordinates.point": [{ x: 7, y: 13 }],
};

function said(path: string, leaf: Leaf, marks: readonly unknown[] = MARKS): string {
  return typeof leaf === "string" ? leaf : leaf(...(GIVEN[path] ?? marks));
}

/** The marks in a text, in any order. */
function marksIn(text: string): readonly string[] {
  return [...new Set(text.match(/\d+/g))].toSorted();
}

test.each(LOADED)("%s has every word, with everything that English puts into it", (_, of) => {
  const expected = leaves(ALL_ENGLISH).map(([path, leaf]) => [path, marksIn(said(path, leaf))]);
  const found = leaves(of).map(([path, leaf]) => [path, marksIn(said(path, leaf))]);
  expect(found).toEqual(expected);
  for (const [path, leaf] of leaves(of)) expect(said(path, leaf), path).toMatch(/\S/);
});

test.each(LOADED)("%s keeps what is set as code", (_, of) => {
  const codeIn = (text: string): readonly string[] => text.match(/`[^`]*`/g) ?? [];
  const inEnglish = new Map(leaves(ALL_ENGLISH));
  for (const [path, leaf] of leaves(of))
    expect(codeIn(said(path, leaf)), path).toEqual(codeIn(said(path, inEnglish.get(path) ?? "")));
});

test.each(LOADED)("%s has a form for each of its plurals", (_, of) => {
  const rules = new Intl.PluralRules(of.figures.locale);
  const categories = rules.resolvedOptions().pluralCategories;
  const amounts = [0, 1, 2, 3, 11, 100, 1.5, 1_000_000];
  expect(new Set(amounts.map((amount) => rules.select(amount)))).toEqual(new Set(categories));
  for (const [path, leaf] of leaves(of))
    for (const amount of amounts)
      expect(said(path, leaf, [amount, amount, amount])).not.toContain("undefined");
});

test.each(LOADED.filter(([language]) => language !== "en"))("%s is translated, not copied", (_, of) => {
  const inEnglish = new Map(leaves(ALL_ENGLISH));
  const same = leaves(of).filter(
    ([path, leaf]) => said(path, leaf) === said(path, inEnglish.get(path) ?? ""),
  );
  // Names, international words, and what is made of a number alone.
  expect(same.length).toBeLessThan(30);
});

test("the first wish that the page speaks is chosen, whatever its region; English where there is none", () => {
  expect(languageFor(["de-CH", "en"])).toBe("de");
  expect(languageFor(["sv", "zh-TW", "en"])).toBe("zh");
  expect(languageFor(["en-US", "ar"])).toBe("en");
  expect(languageFor(["sv", "DE"])).toBe("de");
  expect(languageFor(["constructor"])).toBe("en");
  expect(languageFor([])).toBe("en");
});

test("the document is told the language and its direction, and all that is drawn later is in it", async () => {
  const { documentElement } = { documentElement: { lang: "en", dir: "" } };
  try {
    await speak(["ar-EG"], { documentElement });
    expect(documentElement).toEqual({ lang: "ar", dir: "rtl" });
    expect(words.outputs.download).toBe("تنزيل");
  } finally {
    await speak(["en"], { documentElement });
  }
  expect(documentElement).toEqual({ lang: "en", dir: "ltr" });
  expect(words).toBe(english);
});
