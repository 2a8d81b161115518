import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { flag, json, list, nullable, number, otherwise, record, text } from "../../src/contract/decode.ts";
import { parseJson } from "../../src/contract/json.ts";
import { judged, mistakesIn, NO_MISTAKES, refusedInputs } from "../../src/state/mistakes.ts";
import { brokenRule } from "../../src/state/rules.ts";
import { NEW_RUN } from "../../src/state/run.ts";
import { anInput } from "./inputs.ts";

const bound = otherwise(nullable(number), null);
const CASES = record({
  cases: list(
    record({
      about: text,
      rules: list(record({ min_length: bound, max_length: bound, minimum: bound, maximum: bound })),
      sent: otherwise(nullable(text), null),
      value: json,
      holds: flag,
    }),
  ),
})(
  parseJson(readFileSync(join(import.meta.dirname, "../../../tests/wire/rules/values.json"), "utf8")),
  "file",
).cases;

test.each(CASES)("one table holds here and on the server: $about", ({ rules, sent, value, holds }) => {
  const all = rules.map((rule) => ({ ...rule, pattern: sent, message: "Not so" }));
  expect(brokenRule(anInput("x", { rules: all }), value) === null).toBe(holds);
});

const NOTHING = { min_length: null, max_length: null, minimum: null, maximum: null, pattern: null };
const BRIEF = anInput("brief", {
  rules: [{ ...NOTHING, max_length: 3, message: "Three at most" }],
});
const POLITE = anInput("polite", { rules: [{ ...NOTHING, pattern: "please", message: "Say please" }] });

test("a value is judged while it is typed, without moving the focus", () => {
  const found = judged({ ...NO_MISTAKES, isQuiet: false }, BRIEF, "abcd");
  expect(found.byInput.brief?.message).toBe("Three at most");
  expect(found.isQuiet).toBe(true);
  expect(judged(found, BRIEF, "abc").byInput).toEqual({});
});

test("a rule's own words are shown", () => {
  expect(judged(NO_MISTAKES, POLITE, "now").byInput.polite?.message).toBe("Say please");
});

test("an action waits for the inputs that it is given and that are shown", () => {
  const values = { brief: "abcd", polite: "now" };
  const found = mistakesIn([BRIEF, POLITE], ["brief", "polite"], values, new Set(["polite"]));
  expect(found.map(({ input }) => input)).toEqual(["brief"]);
  expect(mistakesIn([BRIEF, POLITE], [], values, new Set())).toEqual([]);
});

test("what a failed run says about inputs is shown at them", () => {
  const said = { brief: "Too long", elsewhere: "Not on this page" };
  const ending = {
    duration_s: 1,
    fault: "visitor",
    message: "Too long",
    detail: null,
    by: null,
    inputs: said,
  };
  expect(refusedInputs({ ...NEW_RUN, ending }, [BRIEF, POLITE])).toEqual([
    { input: "brief", message: "Too long", repair: null },
  ]);
  expect(refusedInputs(NEW_RUN, [BRIEF])).toEqual([]);
});
