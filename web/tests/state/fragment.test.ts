import { expect, test } from "vitest";
import {
  joinFragment,
  readFragment,
  readRuns,
  splitFragment,
  writeFragment,
} from "../../src/state/fragment.ts";
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

test("runs stand beside the inputs, and neither is read as the other", () => {
  const inputs = writeFragment(INPUTS, { prompt: "run=x&y", steps: 7, colour: "red", several: [] });
  const hash = `#${joinFragment(inputs, ["a1", "b-2"])}`;
  expect(hash).toMatch(/&run=a1,b-2$/);
  expect(readRuns(hash)).toEqual(["a1", "b-2"]);
  expect(splitFragment(hash).inputs).toBe(inputs);
  expect(readFragment(INPUTS, splitFragment(hash).inputs)).toEqual({ prompt: "run=x&y", steps: 7 });
});

test("a link with a run alone, with inputs alone, and an empty one", () => {
  expect(joinFragment("", ["a"])).toBe("run=a");
  expect(joinFragment("steps=7", [])).toBe("steps=7");
  expect(splitFragment("#run=a")).toEqual({ inputs: "", runs: "a" });
  expect(readRuns("")).toEqual([]);
});

test("what is no run is passed over: cut, changed, repeated or written by other programs", () => {
  expect(readRuns("#steps=1&run=a,,b%20c,%3Cb%3E,a%2Cd,../x,a")).toEqual(["a", "d"]);
  expect(readRuns(`#run=${"a".repeat(65)}`)).toEqual([]);
});

test("an input that is called run has another name in a link", () => {
  const input = anInput("run");
  const hash = `#${joinFragment(writeFragment([input], { run: 12 }), ["a"])}`;
  expect(hash).toBe("#inputs.run=12&run=a");
  expect(readFragment([input], splitFragment(hash).inputs)).toEqual({ run: 12 });
});
