import { expect, test } from "vitest";
import type { Action } from "../../src/contract/demo.ts";
import type { PageEvent } from "../../src/contract/page-event.ts";
import { EventRuns, eventsOf } from "../../src/state/event-runs.ts";
import { anInput } from "./inputs.ts";

const ACTION: Action = {
  name: "run",
  button: "Run",
  has_button: false,
  inputs: [],
  outputs: [],
  live: null,
  every_ms: null,
  on_open: false,
  runs_on: { select: ["table"], clear: ["photo"] },
  then: { succeeded: [], failed: [], ended: [] },
  stops: [],
};

function selected(index: number): PageEvent {
  return { component: "table", type: "select", index };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

test("an event starts the actions that run on it, with what was selected", () => {
  const started: PageEvent[] = [];
  const runs = new EventRuns((_, event) => {
    started.push(event);
    return Promise.resolve();
  });
  runs.happened([ACTION], selected(2));
  runs.happened([ACTION], { component: "table", type: "change" });
  runs.happened([ACTION], { component: "photo", type: "select" });
  expect(started).toEqual([selected(2)]);
});

test("while the server has not answered, events wait and the newest makes one run", async () => {
  const started: PageEvent[] = [];
  const answers: (() => void)[] = [];
  const runs = new EventRuns((_, event) => {
    started.push(event);
    return new Promise((resolve) => answers.push(resolve));
  });
  for (const index of [1, 2, 3]) runs.happened([ACTION], selected(index));
  expect(started).toEqual([selected(1)]);
  answers[0]?.();
  await settled();
  expect(started).toEqual([selected(1), selected(3)]);
});

test("a visitor changes, empties and selects", () => {
  const color = anInput("color", { selected: (_, value) => ({ index: 1, value }) });
  const text = anInput("text");
  const before = { color: "red", text: "a" };
  expect(eventsOf([color, text], before, before)).toEqual([]);
  expect(eventsOf([color, text], before, { color: "blue", text: "a" })).toEqual([
    { component: "color", type: "change", value: "blue" },
    { component: "color", type: "select", index: 1, value: "blue" },
  ]);
  expect(eventsOf([text], before, { text: "" })).toEqual([
    { component: "text", type: "change", value: "" },
    { component: "text", type: "clear" },
  ]);
});
