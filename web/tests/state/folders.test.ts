import { expect, test } from "vitest";
import type { Entry } from "../../src/contract/catalog.ts";
import { byFolder, folderTitle } from "../../src/state/folders.ts";

function entry(address: string): Entry {
  return {
    address,
    title: address,
    description: null,
    tags: [],
    thumbnail: null,
    thumbnail_dark: null,
    status: "ready",
    mistake: null,
  };
}

const folders = (...addresses: readonly string[]): (readonly [string, readonly string[]])[] =>
  byFolder(addresses.map(entry)).map(({ name, demos }) => [name, demos.map(({ address }) => address)]);

test("what lies in no folder comes first, and every demo is in one place", () => {
  expect(folders("sound.echo", "count", "sound.tools.trim", "sound.hum", "words")).toEqual([
    ["", ["count", "words"]],
    ["sound", ["sound.echo", "sound.hum"]],
    ["sound.tools", ["sound.tools.trim"]],
  ]);
});

test("a catalog without folders is one list, and one with folders alone has no empty list", () => {
  expect(folders("count", "words")).toEqual([["", ["count", "words"]]]);
  expect(folders("sound.echo")).toEqual([["sound", ["sound.echo"]]]);
  expect(folders()).toEqual([]);
});

test("a folder is named as people read it", () => {
  expect(folderTitle("image_tools.low-level")).toBe("Image tools / Low level");
});
