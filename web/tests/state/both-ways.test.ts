import { expect, test } from "vitest";
import { asGiven, filledBy, handed } from "../../src/state/both-ways.ts";
import { newTrackedRun, type TrackedRun } from "../../src/state/tracked-run.ts";
import type { Json } from "../../src/contract/json.ts";
import { COLOUR, PHOTO, PROMPT } from "./inputs.ts";

const PICTURE = { blob: "abc", mime: "image/webp", size: 3, width: 1, height: 1 };

function trackedRun(outputs: Readonly<Record<string, Json>>, facts: Partial<TrackedRun> = {}): TrackedRun {
  const tracked = newTrackedRun("run", false);
  return { ...tracked, run: "r", state: { ...tracked.state, seq: 5, outputs }, ...facts };
}

test("a file that a run has made is given by its run and its digest, and any other value as it is", () => {
  expect(asGiven({ value: PICTURE, run: "r" })).toEqual({ file: "r/abc" });
  expect(asGiven({ value: [PICTURE], run: "r" })).toEqual([{ file: "r/abc" }]);
  const captioned = { image: PICTURE, caption: "A cat" };
  expect(asGiven({ value: [captioned], run: "r" })).toEqual([{ file: "r/abc", caption: "A cat" }]);
  const pair = { before: PICTURE, after: PICTURE };
  expect(asGiven({ value: pair, run: "r" })).toEqual(pair);
  expect(asGiven({ value: [PICTURE, "text"], run: "r" })).toEqual([PICTURE, "text"]);
  expect(asGiven({ value: "text", run: "r" })).toBe("text");
  expect(asGiven({ value: [], run: "r" })).toEqual([]);
  expect(asGiven({ value: "changed by the visitor", run: null })).toBe("changed by the visitor");
});

test("an action gets what the outputs show that its inputs name, and its own inputs are left alone", () => {
  const values = { draft: { value: "so far", run: "r" }, prompt: { value: "an output", run: "r" } };
  expect(handed({ values, owners: {} }, ["prompt", "draft", "empty"], [PROMPT])).toEqual({ draft: "so far" });
});

test("a run fills the inputs that it names, and what does not fit becomes the default", () => {
  const run = trackedRun({ prompt: "written", colour: "pink", answer: "shown", photo: PICTURE });
  const inputs = [PROMPT, COLOUR, PHOTO];
  const filled = filledBy(run, {}, inputs, { prompt: "typed", colour: "green" });
  expect(filled).toEqual({ prompt: "written", colour: "red", photo: { file: "r/abc" } });
});

test("only what has changed since the last events is written", () => {
  const run = trackedRun({ prompt: "written", colour: "green" });
  expect(filledBy(run, { prompt: "written" }, [PROMPT, COLOUR], {})).toEqual({ colour: "green" });
});

test("what a run wrote before the page was loaded fills no input that has changed since", () => {
  const run = trackedRun({ prompt: "written", colour: "green" }, { knownSeq: 5 });
  const values = { prompt: "typed later", colour: "red" };
  expect(filledBy(run, {}, [PROMPT, COLOUR], values)).toEqual({ colour: "green" });
  expect(filledBy({ ...run, knownSeq: 4 }, {}, [PROMPT], values)).toEqual({ prompt: "written" });
});
