import { expect, test } from "vitest";
import type { Entry } from "../../src/contract/catalog.ts";
import { search, tagCounts } from "../../src/state/search.ts";

function entry(address: string, title: string, description: string, ...tags: readonly string[]): Entry {
  return {
    address,
    title,
    description,
    tags,
    thumbnail: null,
    thumbnail_dark: null,
    status: "ready",
    mistake: null,
  };
}

const DEMOS = [
  entry("a", "Noise", "Until the picture arrives", "image", "starter"),
  entry("b", "Story", "Grows word by word", "chat"),
  entry("c", "Picture book", "Many of them", "image"),
];
const found = (query: string, tag: string | null = null): string[] =>
  search(DEMOS, query, tag).map(({ address }) => address);

test("every word must be found somewhere, and a title comes before a description", () => {
  expect(found("picture")).toEqual(["c", "a"]);
  expect(found("PICTURE noise")).toEqual(["a"]);
  expect(found("picture chat")).toEqual([]);
});

test("no words and no tag leave the catalog in its order", () => {
  expect(found(" ")).toEqual(["a", "b", "c"]);
  expect(found("", "image")).toEqual(["a", "c"]);
});

test("tags are counted, the most frequent first", () => {
  expect(tagCounts(DEMOS)).toEqual([
    ["image", 2],
    ["chat", 1],
    ["starter", 1],
  ]);
});
