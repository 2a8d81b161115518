import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Action } from "../../src/contract/demo.ts";
import { LiveRuns } from "../../src/state/live.ts";

const ACTION: Action = {
  name: "run",
  button: "Run",
  inputs: ["x", "y"],
  outputs: [],
  live: { after_ms: 100, inputs: ["x"], needs: [] },
  every_ms: null,
  on_open: false,
  runs_on: {},
  has_button: true,
  then: { succeeded: [], failed: [], ended: [] },
  stops: [],
};

let answers: (() => void)[];
let live: LiveRuns;

beforeEach(() => {
  vi.useFakeTimers();
  answers = [];
  live = new LiveRuns(() => new Promise((resolve) => answers.push(resolve)));
});

afterEach(() => {
  vi.useRealTimers();
});

test("changes within the pause make one run", async () => {
  for (let x = 0; x < 5; x += 1) live.changed([ACTION], { x }, { x: x + 1 });
  await vi.advanceTimersByTimeAsync(100);
  expect(answers).toHaveLength(1);
});

test("inputs that the action does not watch start nothing", async () => {
  live.changed([ACTION], { x: 1, y: 1 }, { x: 1, y: 2 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(answers).toHaveLength(0);
});

test("while the server has not answered, changes wait and then make one run", async () => {
  live.schedule(ACTION);
  await vi.advanceTimersByTimeAsync(100);
  live.schedule(ACTION);
  await vi.advanceTimersByTimeAsync(100);
  live.schedule(ACTION);
  await vi.advanceTimersByTimeAsync(100);
  expect(answers).toHaveLength(1);
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(answers).toHaveLength(2);
});
