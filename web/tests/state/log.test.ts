import { expect, test } from "vitest";
import { Log } from "../../src/state/log.ts";

test("the lines of a frame are added as one change, and the last thousand are kept", () => {
  const log = new Log();
  let changes = 0;
  log.lines.subscribe(() => {
    changes += 1;
  });
  log.add("note", "first");
  const before = changes;
  const many = Array.from({ length: 100_000 }, (_, number) => ({ level: "info", text: `${number}` }));
  log.addAll(many);
  expect(changes - before).toBe(1);
  expect(log.lines.value.length).toBe(1_000);
  expect(log.lines.value.at(-1)).toMatchObject({ id: 100_000, level: "info", text: "99999" });
  log.addAll([]);
  expect(changes - before).toBe(1);
});

test("lines are numbered without gaps over several frames", () => {
  const log = new Log();
  log.add("info", "a", "b");
  log.addAll([{ level: "error", text: "c" }]);
  expect(log.lines.value.map(({ id, text }) => [id, text])).toEqual([
    [0, "a"],
    [1, "b"],
    [2, "c"],
  ]);
});
