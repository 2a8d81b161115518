// @vitest-environment jsdom
/** Odd values as the worker sends them (`tests/wire/values`, written by the engine's tests): the page draws each. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { isList, parseJson, type Json } from "../../../src/contract/json.ts";
import { words } from "../../../src/words.ts";
import { seen } from "../drawn.ts";
import { CardPage, set, stubBrowser } from "./cards.ts";

const FOLDER = join(import.meta.dirname, "../../../../tests/wire/values");

beforeEach(stubBrowser);

function valuesOf(file: string): readonly Json[] {
  const values = parseJson(readFileSync(join(FOLDER, file), "utf8"));
  return isList(values) ? values : [];
}

describe.each(readdirSync(FOLDER))("%s", (file) => {
  test("each value is drawn by its kind", async () => {
    const page = new CardPage(file.replace(".json", ""));
    const root = await page.open("r");
    for (const value of valuesOf(file)) {
      await page.receive("r", set(value));
      expect(seen(root)).not.toContain(words.outputs.misfit);
    }
  });
});

test("digits, small numbers and the order of keys are on the page", async () => {
  const shown = async (type: string, at: number): Promise<string> => {
    const page = new CardPage(type);
    const root = await page.open("r");
    await page.receive("r", set(valuesOf(`${type}.json`)[at] ?? null));
    return seen(root.querySelector(".body") ?? root);
  };
  expect(await shown("number", 2)).toBe("1.234e-7");
  expect(await shown("number", 4)).toBe("9,007,199,254,740,993");
  expect(await shown("number", 5)).toBe("1,180,591,620,717,411,303,424");
  expect(await shown("json", 0)).toMatch(/10: 1.*2: 2.*b: .*1: 1152921504606846977/);
  expect(await shown("table", 0)).toContain("1152921504606846977");
});
