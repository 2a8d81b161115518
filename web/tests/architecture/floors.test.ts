/** The page keeps to its floors, see `README.md`. */
import { expect, test } from "vitest";
import {
  firstCircle,
  floorViolations,
  homeViolations,
  readImports,
  readTree,
  type Floors,
} from "./imports.ts";

const FLOORS: Floors = [
  ["words", "figure-frames"],
  ["words.ts", "features.ts"],
  ["contract"],
  ["transport", "client"],
  ["media", "media-capture"],
  ["state"],
  ["components"],
  ["pages"],
  ["main.ts"],
];

const HOMES = {
  dompurify: ["components/markdown/"],
  "highlight.js": ["components/highlight/"],
  katex: ["components/markdown/"],
  three: ["components/model3d/"],
  uplot: ["components/chart/"],
  "vega-interpreter": ["figure-frames/"],
  lit: ["components/", "pages/"],
};

const imports = readImports(readTree(new URL("../../src", import.meta.url).pathname));

test("a file imports from lower floors and from its own folder, and from nowhere else in the page", () => {
  expect(floorViolations(imports, FLOORS)).toEqual([]);
});

test("a package is imported by the one part that wraps it", () => {
  expect(homeViolations(imports, HOMES)).toEqual([]);
});

test("no file imports itself by way of others, types included", () => {
  expect(firstCircle(imports)).toEqual([]);
});
