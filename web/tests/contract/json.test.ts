import { describe, expect, test } from "vitest";
import {
  asText,
  keyOf,
  heldKey,
  isMapping,
  parseJson,
  sameJson,
  writeJson,
} from "../../src/contract/json.ts";

/** JSON texts without white space that say what a double, or an object's order of keys, cannot hold. */
const DELICATE = [
  "1565605928693133313",
  "-9223372036854775808",
  "18446744073709551615",
  "1180591620717411303424",
  "9007199254740993",
  '{"id":1565605928693133313,"name":"a","ids":[9007199254740993,1]}',
  '{"10":1,"2":2,"1":{"3":0,"b":[{"7":1}]}}',
  '{"10":12345678901234567890,"a":"12345678901234567890"}',
  String.raw`{"a":"12345678901234567890 and \"10\":1, 1234567890123456789","12345678901234567890":1}`,
  String.raw`{"\u0000":1,"\u00001":"\u00002","1":"\u000012345678901234567890","b":12345678901234567890}`,
  String.raw`["\u0000","\u0000\u0000",12345678901234567890,"\u0000-5"]`,
  String.raw`{"\\":"\\\\","\\\"10\\\"":"\"10\": 1","10":"\\\"","é😀":" ","x":"\ud800"}`,
  '{"__proto__":{"10":1},"constructor":2,"toString":[],"0":12345678901234567890}',
  "[0.30000000000000004,123456789012345.7,1e+308,-1e-7,0.1234567890123456789]".replace(
    "0.1234567890123456789",
    "0.12345678901234568",
  ),
  '{"4294967295":1,"4294967294":2,"01":3,"1.5":4,"-1":5}',
];

describe("what is read is written again as it was", () => {
  test.each(DELICATE)("%s", (text) => {
    expect(writeJson(parseJson(text))).toBe(text);
    expect(writeJson(parseJson(writeJson(parseJson(text), 2)))).toBe(text);
    expect(sameJson(parseJson(text), parseJson(` ${text} `))).toBe(true);
  });
});

test("a number keeps its digits, and is a number where a double has it", () => {
  expect(parseJson("[9007199254740992, 9007199254740993, 9007199254740991, 1e22]")).toEqual([
    9007199254740992n,
    9007199254740993n,
    9007199254740991,
    1e22,
  ]);
});

test("keys keep their order and their names", () => {
  const value = parseJson('{"10": 1, "2": 2, "b": 3, "0": 4}');
  expect(isMapping(value) ? Object.keys(value).map(keyOf) : []).toEqual(["10", "2", "b", "0"]);
  expect(["10", "b", "\0", "01"].map((key) => keyOf(heldKey(key)))).toEqual(["10", "b", "\0", "01"]);
});

test("random values come back", () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
  const PIECES = [
    '"',
    "\\",
    "\0",
    "10",
    ":",
    "1234567890123456789",
    " ",
    "é",
    "\n",
    "__proto__",
    "{",
    "\ud800",
  ];
  const text = (): string => Array.from({ length: random(4) }, () => PIECES[random(PIECES.length)]).join("");
  const written = (depth: number): string => {
    const kind = random(depth > 2 ? 4 : 6);
    if (kind === 0) return String(random(2 ** 30)) + String(random(2 ** 30)).padStart(9, "1");
    if (kind === 1) return JSON.stringify(text());
    if (kind === 2) return String(random(1000) / 7);
    if (kind === 3) return "null";
    const items = Array.from({ length: random(4) }, () => written(depth + 1));
    if (kind === 4) return `[${items.join(",")}]`;
    const keys = [...new Set(items.map(() => JSON.stringify(text())))];
    return `{${keys.map((key, index) => `${key}:${items[index] ?? "1"}`).join(",")}}`;
  };
  for (let round = 0; round < 3_000; round += 1) {
    const json = written(0);
    expect(writeJson(parseJson(json))).toBe(json);
  }
});

test("text of any value", () => {
  expect([1n, -0, 0, "a", null, true, [1]].map(asText)).toEqual(["1", "-0", "0", "a", "null", "true", "[1]"]);
});
