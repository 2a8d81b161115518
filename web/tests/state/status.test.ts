import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../src/contract/event.ts";
import { fold } from "../../src/state/fold.ts";
import { newTrackedRun, type TrackedRun } from "../../src/state/tracked-run.ts";
import { NEW_RUN } from "../../src/state/run.ts";
import { describeEnd, describeRun } from "../../src/state/status.ts";

function tracked(...events: readonly RunEvent[]): TrackedRun {
  const state = fold(
    NEW_RUN,
    events.map((event, index) => ({ seq: index + 1, event })),
  );
  return { ...newTrackedRun("run", false), run: "r", state, startedAt: 1_000 };
}

function words(now: TrackedRun, size = ""): string {
  return describeRun(now, size, 2_800);
}

describe("an output's state in a few words", () => {
  test("waiting shows the place in line and the expected time", () => {
    expect(words(tracked({ type: "queued", position: 2, eta_s: 6 }))).toBe("2nd in line, about 6 s");
    expect(words(tracked({ type: "queued", position: 1, eta_s: null }))).toBe("next in line");
    expect(words(tracked({ type: "starting", reason: "", usual_s: 2 }))).toBe("starting, usually 2.0 s");
    const reason = "all 12 processes are in use";
    expect(words(tracked({ type: "starting", reason, usual_s: null }))).toBe(`starting… · ${reason}`);
    expect(words({ ...tracked(), run: null })).toBe("sending…");
  });

  test("running shows the step when one is known, otherwise the size of the value", () => {
    const step = {
      type: "progress",
      fraction: 0.6,
      index: 3,
      total: 5,
      unit: null,
      description: null,
    } as const;
    expect(words(tracked({ type: "running" }, step))).toBe("step 3 of 5 · 1.8 s");
    expect(words(tracked({ type: "running" }), "2 words")).toBe("2 words · 1.8 s");
    expect(words(tracked({ type: "running" }, { ...step, index: null, total: null }))).toBe("60 % · 1.8 s");
    expect(words(tracked({ type: "running" }, { ...step, description: "Denoising" }))).toBe(
      "Denoising · step 3 of 5 · 1.8 s",
    );
  });

  test("an end shows its kind, the size of the value and the duration", () => {
    expect(words(tracked({ type: "succeeded", duration_s: 2 }), "1 word")).toBe("1 word · 2.0 s");
    expect(words(tracked({ type: "canceled", duration_s: 95, by: "visitor" }), "1 word")).toBe(
      "stopped · 1 word · 1 min 35 s",
    );
    expect(
      words(
        tracked({
          type: "failed",
          duration_s: 0.02,
          fault: "worker",
          message: "m",
          detail: null,
          inputs: {},
        }),
      ),
    ).toBe("failed · 20 ms");
    expect(words({ ...tracked(), refusal: "no" })).toBe("not started");
  });

  test("without a connection the clock stands, and a run that the server lost is called so", () => {
    const now = tracked({ type: "running" });
    expect(describeRun(now, "2 words", 2_800, null, true)).toBe("2 words · connection lost");
    expect(describeRun({ ...now, run: null }, "", 2_800, null, true)).toBe("connection lost");
    expect(words({ ...now, isLost: true }, "2 words")).toBe("lost · 2 words");
    expect(describeEnd({ ...now, isLost: true })).toBe("run was lost: the server does not have it any more");
    const over = tracked({ type: "running" }, { type: "succeeded", duration_s: 2 });
    expect(describeRun(over, "2 words", 2_800, null, true)).toBe("2 words · 2.0 s");
  });

  test("a player's figures take the place of the time, and say when little is left to play", () => {
    const now = tracked({ type: "running" });
    const read = (behind_s: number, ready_s: number): string =>
      describeRun(now, "12 s", 2_800, { behind_s, ready_s });
    expect(describeRun(now, "12 s of sound", 2_800)).toBe("12 s of sound · 1.8 s");
    expect(read(0.4, 0.4)).toBe("12 s · 0.4 s behind");
    expect(read(9, 2)).toBe("12 s · 9.0 s behind · 2.0 s ready");
    expect(read(9, 6)).toBe("12 s · 9.0 s behind");
    const over = tracked({ type: "running" }, { type: "succeeded", duration_s: 2 });
    expect(describeRun(over, "12 s", 0, { behind_s: 1, ready_s: 1 })).toBe("12 s · 2.0 s");
  });
});

test("the announcement of an end is one sentence", () => {
  expect(describeEnd(tracked({ type: "succeeded", duration_s: 1.24 }))).toBe("run finished after 1.2 s");
  expect(describeEnd(tracked({ type: "canceled", duration_s: 0, by: "superseded" }))).toBe(
    "run replaced by a newer run after 0 ms",
  );
});
