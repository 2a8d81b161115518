import { expect, test } from "vitest";
import { readFragment, writeFragment } from "../../src/state/fragment.ts";
import { defaultsOf } from "../../src/state/values.ts";
import { anInput, COLOUR, PHOTO, PROMPT, SECRET, SEVERAL, STEPS } from "./inputs.ts";

const INPUTS = [PROMPT, STEPS, COLOUR, SEVERAL, SECRET, PHOTO];

test("inputs written into a link come back as they were", () => {
  const values = { prompt: "a & b = ü\n#1", steps: 7, colour: "green", several: ["a", "b"] };
  expect(readFragment(INPUTS, writeFragment(INPUTS, values))).toEqual(values);
});

test("what is as the demo has it is not in the link", () => {
  expect(writeFragment(INPUTS, { prompt: "", steps: 3, colour: "red", several: [] })).toBe("");
});

test("passwords and files are never in a link, and never read from one", () => {
  expect(writeFragment(INPUTS, { ...defaultsOf(INPUTS), secret: "hush", photo: { file: "id" } })).toBe("");
  expect(readFragment(INPUTS, "secret=hush&photo=%7B%22file%22%3A%22id%22%7D")).toEqual({});
});

test("a text that looks like a number stays a text, and a bare word may stand for a choice", () => {
  expect(readFragment(INPUTS, "prompt=12&colour=green")).toEqual({ prompt: "12", colour: "green" });
  expect(readFragment([anInput("n")], "n=12")).toEqual({ n: 12 });
});
