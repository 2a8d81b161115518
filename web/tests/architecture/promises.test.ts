/** No promise of a player is dropped: each ends in `settle`, which turns what it rejects with into words. */
import { expect, test } from "vitest";
import { readTree } from "./imports.ts";

const PLAYERS = ["media/", "components/media/"];
/** A promise that is voided, or followed by a reader of its success alone. */
const DROPPED = /\bvoid\s+(?:await\s+)?[a-z]\w*[.(?]|=>\s*void\s+[a-z]\w*[.(?]/;

test("no promise of a player is rejected without a word", () => {
  const files = [...readTree(new URL("../../src", import.meta.url).pathname)];
  const players = files.filter(([path]) => PLAYERS.some((folder) => path.startsWith(folder)));
  expect(players.length).toBeGreaterThan(20);
  const dropped = players.flatMap(([path, text]) =>
    text
      .split("\n")
      .flatMap((line, index) => (DROPPED.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(dropped).toEqual([]);
});
