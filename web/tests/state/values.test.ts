import { expect, test } from "vitest";
import { carry, defaultsOf, fill, fits, missing } from "../../src/state/values.ts";
import { anInput, COLOUR, PHOTO, PROMPT, SEVERAL, STEPS } from "./inputs.ts";

test("what was typed stays where name and type still fit", () => {
  const values = { prompt: "fox", steps: 8, colour: "green" };
  const narrower = anInput("steps", "slider", { minimum: 1, maximum: 5, default: 2 });
  const nowNumber = anInput("prompt", "number", { default: 0 });
  expect(carry([PROMPT, STEPS, COLOUR], [PROMPT, STEPS, COLOUR], values)).toEqual(values);
  expect(carry([PROMPT, STEPS, COLOUR], [nowNumber, narrower, COLOUR], values)).toEqual({
    prompt: 0,
    steps: 2,
    colour: "green",
  });
});

test("a default that was never touched follows the file", () => {
  const later = anInput("steps", "slider", { minimum: 1, maximum: 10, default: 7 });
  expect(carry([STEPS], [later], defaultsOf([STEPS]))).toEqual({ steps: 7 });
});

test("an example leaves its gaps to the defaults and drops what does not fit", () => {
  expect(fill([PROMPT, STEPS, COLOUR], { steps: 99, colour: "green" })).toEqual({
    prompt: "",
    steps: 3,
    colour: "green",
  });
});

test("a choice fits only when it is offered, several only when each is", () => {
  expect(fits(COLOUR, "blue")).toBe(false);
  expect(fits(anInput("own", "dropdown", { choices: ["red"], allow_custom: true }), "blue")).toBe(true);
  expect(fits(SEVERAL, ["a", "b"])).toBe(true);
  expect(fits(SEVERAL, ["a", "x"])).toBe(false);
  expect(fits(PHOTO, { file: "id" })).toBe(true);
  expect(fits(PHOTO, "C:/photo.png")).toBe(false);
  expect(fits(anInput("voice", "audio"), { file: "id", start_s: 1 })).toBe(true);
  expect(fits(anInput("clip", "video"), "clip.mp4")).toBe(false);
});

test("only required inputs of the action can be missing", () => {
  const needed = anInput("needed", "text", { required: true, default: "" });
  expect(missing([needed, PROMPT], ["needed", "prompt"], { needed: "", prompt: "" })).toEqual([needed]);
  expect(missing([needed, PROMPT], ["prompt"], { needed: "", prompt: "" })).toEqual([]);
  expect(missing([needed], ["needed"], { needed: "x" })).toEqual([]);
});
