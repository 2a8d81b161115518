import { afterEach, expect, test, vi } from "vitest";
import { nameLanguage } from "../../../src/components/chart/load.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  ["C", "en-GB"],
  ["de", "de"],
])("with the browser's language %s numbers can be written in %s", (given, then) => {
  const browser = { language: given };
  vi.stubGlobal("navigator", browser);
  nameLanguage();
  expect(browser.language).toBe(then);
});
