import { describe, expect, test } from "vitest";
import { list } from "../../src/contract/decode.ts";
import { message, type RunMessage } from "../../src/contract/event.ts";
import { fold } from "../../src/state/fold.ts";
import { NEW_RUN } from "../../src/state/run.ts";
import golden from "./golden-runs.json" with { type: "json" };

function eventsOf(events: unknown): readonly RunMessage[] {
  return list(message)(events, "golden").filter((each): each is RunMessage => each.about === "run");
}

describe("golden runs", () => {
  test.each(golden)("$promise", ({ events, state }) => {
    expect(fold(NEW_RUN, eventsOf(events))).toMatchObject(state);
  });

  test.each(golden)(
    "folding one at a time, or twice, is the same as folding at once: $promise",
    ({ events }) => {
      const all = eventsOf(events);
      const slowly = all.reduce((state, each) => fold(state, [each]), NEW_RUN);
      expect(slowly).toEqual(fold(NEW_RUN, all));
      expect(fold(slowly, all)).toEqual(slowly);
    },
  );

  test.each(golden)("replaying from any number on gives the same end: $promise", ({ events }) => {
    const all = eventsOf(events);
    for (let cut = 0; cut <= all.length; cut += 1) {
      const before = fold(NEW_RUN, all.slice(0, cut));
      expect(fold(before, all.slice(Math.max(0, cut - 1)))).toEqual(fold(NEW_RUN, all));
    }
  });
});

/** Return the result of some work, and how many elements of lists it was about to read, as each copy does. */
function countingReads<T>(work: () => T): [T, number] {
  const iterate: (this: unknown[]) => ArrayIterator<unknown> = Array.prototype[Symbol.iterator];
  let read = 0;
  function counted(this: unknown[]): ArrayIterator<unknown> {
    read += this.length;
    return iterate.call(this);
  }
  const iterator = { configurable: true, enumerable: false, writable: true };
  Object.defineProperty(Array.prototype, Symbol.iterator, { ...iterator, value: counted });
  try {
    const result = work();
    return [result, read];
  } finally {
    Object.defineProperty(Array.prototype, Symbol.iterator, { ...iterator, value: iterate });
  }
}

test("a long table is not copied for each of its rows", () => {
  const rows = Array.from({ length: 20_000 }, (_, index): RunMessage => {
    const event = {
      type: "patch",
      output: "t",
      edits: [["insert", ["rows", index], [index]]],
      more: false,
    } as const;
    return { about: "run", run: "r", seq: index + 2, event };
  });
  const first: RunMessage = {
    about: "run",
    run: "r",
    seq: 1,
    event: { type: "set", output: "t", value: { columns: ["n"], rows: [] }, final: false, more: false },
  };
  const messages = [first, ...rows];
  const [state, read] = countingReads(() => fold(NEW_RUN, messages));
  expect((state.outputs.t as { rows: unknown[] }).rows).toHaveLength(20_000);
  // Each copy reads a whole list: one for each row would be 200 million.
  expect(read).toBeGreaterThan(20_000);
  expect(read).toBeLessThan(1_000_000);
});
