import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { conditions, type Condition } from "../../src/contract/condition.ts";
import { json, list, mapping, otherwise, record, text } from "../../src/contract/decode.ts";
import { parseJson } from "../../src/contract/json.ts";
import { decidingInputs, hiddenIn, NOTHING_HIDDEN } from "../../src/state/conditions.ts";
import { anInput } from "./inputs.ts";

const CASES = record({
  cases: list(
    record({
      about: text,
      show_if: mapping(json),
      defaults: otherwise(mapping(json), {}),
      values: mapping(json),
      hidden: list(text),
    }),
  ),
})(
  parseJson(readFileSync(join(import.meta.dirname, "../../../tests/wire/rules/conditions.json"), "utf8")),
  "file",
).cases;

test.each(CASES)("one table holds here and on the server: $about", (shown) => {
  const names = new Set(["mode", "count", "constructor", ...Object.keys(shown.show_if)]);
  const inputs = [...names].map((name) => {
    const written = Object.hasOwn(shown.show_if, name) ? [shown.show_if[name]] : [];
    const value = Object.hasOwn(shown.defaults, name) ? shown.defaults[name] : null;
    return anInput(name, { default: value ?? null, show_if: conditions(written, name) });
  });
  const hidden = hiddenIn({ inputs, outputs: [], layout: [] }, shown.values, NOTHING_HIDDEN);
  expect([...hidden.inputs].toSorted()).toEqual([...shown.hidden].toSorted());
});

const MODE: Condition = { mode: "advanced" };

test("an output is hidden by the same rule, and what does not change stays the same object", () => {
  const outputs = [
    {
      ...anInput("answer"),
      show_if: [MODE],
      streaming: true,
      updates: "replace" as const,
      placeholder: null,
    },
  ];
  const demo = { inputs: [anInput("mode")], outputs, layout: [] };
  const hidden = hiddenIn(demo, { mode: "simple" }, NOTHING_HIDDEN);
  expect([...hidden.outputs]).toEqual(["answer"]);
  expect(hiddenIn(demo, { mode: "other" }, hidden)).toBe(hidden);
  expect(hiddenIn(demo, { mode: "advanced" }, hidden).outputs.size).toBe(0);
});

test("what decides is sent with a run, however far away it is", () => {
  const inputs = [
    anInput("mode"),
    anInput("size", { show_if: [{ any: [MODE, { other: 1 }] }] }),
    anInput("steps", { show_if: [{ size: "large" }] }),
    anInput("other"),
    anInput("unrelated"),
  ];
  expect(decidingInputs(inputs, ["steps"])).toEqual(["size", "mode", "other"]);
  expect(decidingInputs(inputs, ["unrelated"])).toEqual([]);
});
