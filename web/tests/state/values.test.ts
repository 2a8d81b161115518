import { expect, test } from "vitest";
import { carry, defaultsOf, fill, missing, required } from "../../src/state/values.ts";
import { anInput, COLOUR, PROMPT, STEPS, within } from "./inputs.ts";

test("what was typed stays where name and type still fit", () => {
  const values = { prompt: "fox", steps: 8, colour: "green" };
  const narrower = anInput("steps", { default: 2, fits: within(1, 5) });
  const nowNumber = anInput("prompt", { type: "other", default: 0 });
  expect(carry([PROMPT, STEPS, COLOUR], [PROMPT, STEPS, COLOUR], values)).toEqual(values);
  expect(carry([PROMPT, STEPS, COLOUR], [nowNumber, narrower, COLOUR], values)).toEqual({
    prompt: 0,
    steps: 2,
    colour: "green",
  });
});

test("a default that was never touched follows the file", () => {
  const later = anInput("steps", { default: 7, fits: within(1, 10) });
  expect(carry([STEPS], [later], defaultsOf([STEPS]))).toEqual({ steps: 7 });
});

test("an example leaves its gaps to the defaults and drops what does not fit", () => {
  expect(fill([PROMPT, STEPS, COLOUR], { steps: 99, colour: "green" })).toEqual({
    prompt: "",
    steps: 3,
    colour: "green",
  });
});

const NONE = new Set<string>();

test("what a live action needs is missing while it is empty", () => {
  const amount = anInput("amount", { default: null });
  const inputs = required([amount, PROMPT], ["amount"]);
  expect(missing(inputs, ["amount", "prompt"], { amount: null, prompt: "" }, NONE)).toEqual([inputs[0]]);
  expect(missing(inputs, ["amount"], { amount: 0 }, NONE)).toEqual([]);
});

test("only required inputs of the action that are shown can be missing", () => {
  const needed = anInput("needed", { required: true, default: "" });
  expect(missing([needed, PROMPT], ["needed", "prompt"], { needed: "", prompt: "" }, NONE)).toEqual([needed]);
  expect(missing([needed, PROMPT], ["prompt"], { needed: "", prompt: "" }, NONE)).toEqual([]);
  expect(missing([needed], ["needed"], { needed: "x" }, NONE)).toEqual([]);
  expect(missing([needed], ["needed"], { needed: "" }, new Set(["needed"]))).toEqual([]);
});
