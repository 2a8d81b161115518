// @vitest-environment jsdom
import { expect, test } from "vitest";
import { drawNeighbours } from "../../src/components/neighbours.ts";
import type { Catalog } from "../../src/contract/catalog.ts";
import { html } from "lit";
import { drawn } from "./drawn.ts";

function catalogOf(...addresses: readonly string[]): Catalog {
  return { demos: addresses.map((address) => ({ address, title: `The ${address}` })) } as unknown as Catalog;
}

async function links(catalog: Catalog, address: string): Promise<readonly string[]> {
  const { root } = await drawn(html`${drawNeighbours(catalog, address)}`);
  // As written: what another test has made of the document's own address does not matter.
  return [...root.querySelectorAll("a")].map(
    (link) => `${link.rel} ${link.getAttribute("href") ?? ""} ${link.textContent}`,
  );
}

test("a demo leads to the one before and the one after it in the catalog", async () => {
  const catalog = catalogOf("a", "b", "c");
  expect(await links(catalog, "b")).toEqual(["prev demos/a Previous: The a", "next demos/c Next: The c"]);
  expect(await links(catalog, "a")).toEqual(["next demos/b Next: The b"]);
  expect(await links(catalog, "c")).toEqual(["prev demos/b Previous: The b"]);
});

test("a demo that is alone, or not listed, leads nowhere", async () => {
  expect(await links(catalogOf("a"), "a")).toEqual([]);
  expect(await links(catalogOf("a", "b"), "draft")).toEqual([]);
});
