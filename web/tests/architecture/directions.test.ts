/** The page mirrors by itself: styles speak of starts and ends, not of left and right. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDER = new URL("../../src/style/", import.meta.url);
/** Only here are left and right given names, by the direction. */
const TOKENS = "tokens.css";

/** The declarations of a stylesheet that stay as they are when the page is mirrored, though they should not. */
function sidesIn(css: string): readonly string[] {
  const declarations = css.replaceAll(/\/\*.*?\*\//gs, "").match(/[\w-]+\s*:\s*[^;{}]+;/g) ?? [];
  return declarations.filter((each) => /\b(?:left|right)\b/.test(each) || isLopsided(each));
}

/** A margin, padding, inset or corner with another value at its right than at its left. */
function isLopsided(declaration: string): boolean {
  const [, property = "", value = ""] = /^([\w-]+)\s*:\s*(.*);$/s.exec(declaration) ?? [];
  if (!["margin", "padding", "inset", "border-width", "border-radius"].includes(property)) return false;
  const [first, second, third, fourth] = value.match(/\w*\((?:[^()]|\([^()]*\))*\)|\S+/g) ?? [];
  if (fourth === undefined) return false;
  return property === "border-radius" ? first !== second || third !== fourth : second !== fourth;
}

test("no style says left or right where start or end is meant", () => {
  const found = readdirSync(FOLDER)
    .filter((file) => file !== TOKENS)
    .flatMap((file) =>
      sidesIn(readFileSync(new URL(file, FOLDER), "utf8")).map((each) => `${file}: ${each}`),
    );
  expect(found).toEqual([]);
});

test("sides are found in properties, in values and in lopsided shorthands, and nowhere else", () => {
  const sides = [
    "margin-left: 1px;",
    "text-align: right;",
    "padding: 0 1px 0 2px;",
    "border-radius: 4px 0 0 4px;",
  ];
  expect(sidesIn(`.a { ${sides.join(" ")} }`)).toEqual(sides);
  const both =
    "padding: 0 1px 0 1px; inset: calc(1px + 2px) 0 auto 0; border-radius: 6px 6px 0 0; color: red;";
  expect(sidesIn(`/* left: */ .right { ${both} margin-inline-start: 1px; }`)).toEqual([]);
});
