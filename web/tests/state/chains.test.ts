import { expect, test } from "vitest";
import type { Action } from "../../src/contract/demo.ts";
import { followers } from "../../src/state/chains.ts";
import type { RunStatus } from "../../src/state/run.ts";
import { newTrackedRun, type TrackedRun } from "../../src/state/tracked-run.ts";

const NOTHING = { succeeded: [], failed: [], ended: [] };

function anAction(name: string, then: Partial<Action["then"]> = {}): Action {
  const facts = {
    button: name,
    inputs: [],
    outputs: [],
    live: null,
    every_ms: null,
    on_open: false,
    runs_on: {},
    has_button: true,
  };
  return { name, ...facts, then: { ...NOTHING, ...then }, stops: [] };
}

const ACTIONS = [
  anAction("first", { succeeded: ["second"], failed: ["sorry", "gone"], ended: ["last"] }),
  anAction("second"),
  anAction("sorry"),
  anAction("last"),
];

function ended(status: RunStatus, by: string | null = null): TrackedRun {
  const tracked = newTrackedRun("first", false);
  const ending = { duration_s: 1, fault: null, message: null, detail: null, by, inputs: {} };
  return { ...tracked, run: "r", state: { ...tracked.state, status, ending } };
}

function namesAfter(tracked: TrackedRun): readonly string[] {
  return followers(ACTIONS, tracked).map(({ name }) => name);
}

test("what follows a run depends on how it ended", () => {
  expect(namesAfter(ended("succeeded"))).toEqual(["second", "last"]);
  expect(namesAfter(ended("failed"))).toEqual(["sorry", "last"]);
  expect(namesAfter(ended("canceled", "visitor"))).toEqual(["last"]);
});

test("nothing follows a run that another has taken the place of, or whose end is not known", () => {
  expect(namesAfter(ended("canceled", "superseded"))).toEqual([]);
  expect(
    namesAfter({ ...ended("succeeded"), isLost: true, state: newTrackedRun("first", false).state }),
  ).toEqual([]);
});
