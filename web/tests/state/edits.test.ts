import { describe, expect, test } from "vitest";
import type { Edit } from "../../src/contract/event.ts";
import type { Json } from "../../src/contract/json.ts";
import { Editor } from "../../src/state/edits.ts";

const apply = (value: Json, ...edits: readonly Edit[]): Json => new Editor().apply(value, edits);

describe("edits", () => {
  test("each operation does what its name says", () => {
    const value = { rows: [[1], [2]], note: "a" };
    expect(apply(value, ["set", ["note"], "b"])).toEqual({ rows: [[1], [2]], note: "b" });
    expect(apply(value, ["append", ["note"], "bc"])).toEqual({ rows: [[1], [2]], note: "abc" });
    expect(apply(value, ["insert", ["rows", 1], [9]])).toEqual({ rows: [[1], [9], [2]], note: "a" });
    expect(apply(value, ["delete", ["rows", 0], null])).toEqual({ rows: [[2]], note: "a" });
    expect(apply(value, ["delete", ["note"], null])).toEqual({ rows: [[1], [2]] });
  });

  test("an empty path means the whole value", () => {
    expect(apply([1], ["set", [], { a: 1 }])).toEqual({ a: 1 });
    expect(apply("ab", ["append", [], "c"])).toBe("abc");
    expect(apply(null, ["append", [], "c"])).toBe("c");
    expect(apply([1], ["delete", [], null])).toBeNull();
  });

  test("a path that leads nowhere changes nothing", () => {
    expect(apply({ a: 1 }, ["set", ["b", "c"], 2])).toEqual({ a: 1 });
  });

  test("the value before stays as it was", () => {
    const before = { rows: [[1]] };
    apply(before, ["append", ["rows", 0, 0], "x"], ["insert", ["rows", 1], [2]]);
    expect(before).toEqual({ rows: [[1]] });
  });

  test("values that came with an edit are not changed by later ones", () => {
    const brought: Json = [{ role: "assistant", content: "" }];
    const after = apply([], ["set", [], brought], ["append", [0, "content"], "word"]);
    expect(after).toEqual([{ role: "assistant", content: "word" }]);
    expect(brought).toEqual([{ role: "assistant", content: "" }]);
  });

  test("no edit reaches the prototype of mappings", () => {
    apply({}, ["set", ["__proto__", "polluted"], true]);
    expect(Reflect.has({}, "polluted")).toBe(false);
  });
});
