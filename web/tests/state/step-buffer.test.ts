import { describe, expect, test } from "vitest";
import { list } from "../../src/contract/decode.ts";
import { message, type RunMessage } from "../../src/contract/event.ts";
import { asText } from "../../src/contract/json.ts";
import { fold } from "../../src/state/fold.ts";
import { NEW_RUN } from "../../src/state/run.ts";
import { StepBuffer } from "../../src/state/step-buffer.ts";

function eventsOf(...events: readonly object[]): readonly RunMessage[] {
  const numbered = events.map((event, index) => ({ run: "r", seq: index + 1, ...event }));
  return list(message)(numbered, "events").filter((each): each is RunMessage => each.about === "run");
}

const PAIRS = Array.from({ length: 20 }, (_, index) => [
  { type: "set", output: "number", value: index, more: true },
  { type: "a type that only a newer server has", more: true },
  { type: "append", output: "words", text: `${index} `, more: true },
  { type: "patch", output: "rows", edits: [["set", [], [index]]] },
  { type: "progress", fraction: index / 20 },
]).flat();

describe("however events arrive, what is taken ends with a whole step", () => {
  test.each([1, 2, 3, 4, 5, 7, 11, 100])("%d at a time", (size) => {
    const all = eventsOf({ type: "running" }, ...PAIRS, { type: "succeeded", duration_s: 1 });
    const buffer = new StepBuffer();
    const taken: RunMessage[] = [];
    let state = NEW_RUN;
    for (let start = 0; start < all.length; start += size) {
      for (const each of all.slice(start, start + size)) buffer.add(each);
      const batch = buffer.take();
      taken.push(...(batch as readonly RunMessage[]));
      state = fold(state, batch);
      const { number, words, rows } = state.outputs;
      expect(rows ?? [number ?? null]).toEqual([number ?? null]);
      expect(asText(words ?? "").split(" ")).toHaveLength(Number(number ?? -1) + 2);
    }
    expect(taken).toEqual(all);
  });
});

test("the end of a run ends a step", () => {
  const buffer = new StepBuffer();
  const [half, end] = eventsOf(
    { type: "set", output: "number", value: 1, more: true },
    { type: "canceled", duration_s: 1, by: "visitor" },
  );
  if (half !== undefined) buffer.add(half);
  expect(buffer.take()).toEqual([]);
  if (end !== undefined) buffer.add(end);
  expect(buffer.take()).toEqual([half, end]);
});
