// @vitest-environment jsdom
import { expect, test } from "vitest";
import "../../src/pages/catalog-page.ts";
import type { Catalog } from "../../src/contract/catalog.ts";
import { Store } from "../../src/state/store.ts";

const ENTRY = { description: null, tags: [], status: "ready", mistake: null } as const;
const CATALOG: Catalog = {
  title: "Lab",
  description: null,
  theme: { style: null, logo: null, favicon: null, scheme: "auto" },
  version: 1,
  skipped: 0,
  diagnostics: [],
  demos: [
    { ...ENTRY, address: "both", title: "Both", thumbnail: "light.webp", thumbnail_dark: "dark.webp" },
    { ...ENTRY, address: "one", title: "One", thumbnail: "one.webp", thumbnail_dark: null },
  ],
};

test("a tile shows the picture for the scheme, which the page can switch", async () => {
  const page = Object.assign(document.createElement("gs-catalog-page"), { catalog: new Store(CATALOG) });
  document.body.append(page);
  const shown = (): readonly string[] =>
    [...page.querySelectorAll("img")].map(
      (each) => `${each.className.trim()}: ${each.getAttribute("src") ?? ""}`,
    );
  await expect.poll(shown).toEqual(["thumb: light.webp", "thumb: one.webp"]);
  document.documentElement.dataset.scheme = "dark";
  await expect.poll(shown).toEqual(["thumb dark: dark.webp", "thumb: one.webp"]);
  document.documentElement.dataset.scheme = "light";
  await expect.poll(shown).toEqual(["thumb: light.webp", "thumb: one.webp"]);
  page.remove();
});
