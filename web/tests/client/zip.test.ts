/** An archive that other programs read, whose names are all different and lead nowhere. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { crcOf, distinct, zip } from "../../src/client/zip.ts";

const READ = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    print(json.dumps({name: archive.read(name).decode() for name in archive.namelist()}))
`;

function bytes(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer;
}

test("Python reads what is written, with names of any letters", async () => {
  const files = [
    { name: "é.txt", content: bytes("one") },
    { name: "é.txt", content: bytes("two") },
    { name: "empty", content: bytes("") },
  ];
  const path = join(mkdtempSync(join(tmpdir(), "zip-")), "all.zip");
  writeFileSync(path, new Uint8Array(await zip(files).arrayBuffer()));
  const found = JSON.parse(execFileSync("python3", ["-c", READ, path], { encoding: "utf8" })) as unknown;
  expect(found).toEqual({ "é.txt": "one", "é (2).txt": "two", empty: "" });
});

test("names are different without regard to case, and none is a path", () => {
  expect(distinct(["a.txt", "A.TXT", "a (2).txt", "../../b", "..", "", ".env", ".env", "c\n:d"])).toEqual([
    "a.txt",
    "A (2).TXT",
    "a (2) (2).txt",
    ".._.._b",
    "_",
    "_ (2)",
    ".env",
    ".env (2)",
    "c__d",
  ]);
});

test("sums are those of the standard", () => {
  expect(crcOf(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});
