import { describe, expect, test } from "vitest";
import { Misfit } from "../../src/contract/decode.ts";
import { message } from "../../src/contract/event.ts";

const read = (value: unknown): unknown => message(value, "frame[0]");

describe("messages", () => {
  test("a run's event keeps its number and its fields", () => {
    expect(read({ run: "r", seq: 3, type: "append", output: "text", text: "word" })).toEqual({
      about: "run",
      run: "r",
      seq: 3,
      event: { type: "append", output: "text", text: "word", more: false },
    });
  });

  test("what a message leaves out is null or its default", () => {
    expect(read({ run: "r", seq: 1, type: "set", output: "x", value: null })).toMatchObject({
      event: { type: "set", value: null, final: false },
    });
    expect(read({ run: "r", seq: 1, type: "progress" })).toMatchObject({
      event: { fraction: null, index: null, total: null, unit: null, description: null },
    });
  });

  test("a stream's segment may have peaks, and pictures have none", () => {
    const segment = { run: "r", seq: 2, type: "segment", output: "o", index: 0, start_s: 0, duration_s: 0.5 };
    expect(read({ ...segment, peaks: [3, 90] })).toMatchObject({ event: { index: 0, peaks: [3, 90] } });
    expect(read(segment)).toMatchObject({ event: { duration_s: 0.5, peaks: [] } });
    const begun = { run: "r", seq: 1, type: "stream", output: "o", mime: "audio/mp4", timescale: 48000 };
    expect(read(begun)).toMatchObject({ event: { mime: "audio/mp4", timescale: 48000 } });
  });

  test("a type that a newer server knows is counted and changes nothing", () => {
    expect(read({ run: "r", seq: 9, type: "hologram", shape: 1 })).toMatchObject({
      seq: 9,
      event: { type: "unrecognised" },
    });
  });

  test("changes of the catalog and a forgotten run are decoded as messages of their own", () => {
    expect(read({ type: "catalog", version: 7, demos: ["a"], removed: [] })).toEqual({
      about: "catalog",
      version: 7,
      demos: ["a"],
      removed: [],
    });
    expect(read({ run: "r", type: "gone" })).toEqual({ about: "gone", run: "r" });
  });

  test("an event of the wrong shape names the place that does not fit", () => {
    expect(read({ run: "r", seq: 1, type: "append", output: "text", text: 5 })).toMatchObject({
      event: { type: "unrecognised", problem: "frame[0].text: expected text, found 5" },
    });
    const edits = [["turn", [], 1]];
    expect(read({ run: "r", seq: 1, type: "patch", output: "t", edits })).toMatchObject({
      event: {
        problem: 'frame[0].edits[0][0]: expected set or append or insert or delete, found "turn"',
      },
    });
    expect(() => read({ run: "r", seq: "1", type: "running" })).toThrow(
      new Misfit("frame[0].seq", "a number", "1"),
    );
  });
});
