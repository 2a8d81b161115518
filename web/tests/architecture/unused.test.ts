/** Nothing is exported that the page itself does not use. */
import { expect, test } from "vitest";
import { readTree } from "./imports.ts";

const EXPORTED = /^export (?:async )?(?:abstract )?(?:function\*?|const|class) (\w+)/gm;

/** Functions, constants and classes that are exported and that no source mentions again. */
function unusedIn(tree: ReadonlyMap<string, string>): readonly string[] {
  const all = [...tree.values()].join("\n");
  return [...tree].flatMap(([path, source]) =>
    [...source.matchAll(EXPORTED)]
      .map(([, name = ""]) => name)
      .filter((name) => [...all.matchAll(new RegExp(`\\b${name}\\b`, "g"))].length < 2)
      .map((name) => `${path}: ${name}`),
  );
}

test("each function, constant and class that is exported is used by the page, not by tests alone", () => {
  expect(unusedIn(readTree(new URL("../../src", import.meta.url).pathname))).toEqual([]);
});

test("an export that nothing mentions is found", () => {
  const tree = new Map([
    ["a.ts", "export function used(): void {}\nexport const LOST = 1;\n"],
    ["b.ts", 'import { used } from "./a.ts";\nexport abstract class Alone {}\n'],
  ]);
  expect(unusedIn(tree)).toEqual(["a.ts: LOST", "b.ts: Alone"]);
});
