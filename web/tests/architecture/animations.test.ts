/** What moves for as long as a run goes on is moved by the compositor: all else is painted anew in each frame. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDER = new URL("../../src/style/", import.meta.url);
const CHEAP = new Set(["transform", "opacity"]);

/** The properties that a stylesheet's keyframes change. */
function animatedIn(css: string): readonly string[] {
  const frames = css.match(/@keyframes[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g) ?? [];
  return frames.flatMap((each) => [...each.matchAll(/([\w-]+)\s*:/g)].map(([, property = ""]) => property));
}

test("keyframes change what the compositor can change alone", () => {
  const found = readdirSync(FOLDER).flatMap((file) =>
    animatedIn(readFileSync(new URL(file, FOLDER), "utf8")).map((property) => ({ file, property })),
  );
  expect(found).not.toEqual([]);
  expect(found.filter(({ property }) => !CHEAP.has(property))).toEqual([]);
});
