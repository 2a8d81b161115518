/** What cannot be read takes nothing else with it. */
import { describe, expect, test, vi } from "vitest";
import { EVENT_TYPES, readMessages } from "../../src/contract/event.ts";
import { parseJson, type JsonMapping } from "../../src/contract/json.ts";
import { fold } from "../../src/state/fold.ts";
import { NEW_RUN } from "../../src/state/run.ts";

const ODD = [
  null,
  true,
  7,
  -0,
  Infinity,
  2n ** 70n,
  "text",
  "",
  [],
  [1],
  {},
  { "\u000010": 1 },
  [["set", "x", 1]],
];
const WHOLE: Readonly<Record<string, JsonMapping>> = {
  queued: { position: 1, eta_s: 2 },
  starting: { reason: "first run", usual_s: 1 },
  running: {},
  set: { output: "a", value: 1 },
  append: { output: "a", text: "x" },
  patch: { output: "a", edits: [["set", [], 1]] },
  stream: { output: "s", mime: "audio/mp4", timescale: 1 },
  segment: { output: "s", index: 0, start_s: 0, duration_s: 1, peaks: [] },
  progress: { fraction: 0.5, index: 1, total: 2, unit: "it", description: "half" },
  props: { component: "a", changes: { label: "A" } },
  log: { level: "info", text: "line" },
  snapshot: { outputs: {}, skipped: 1, props: {} },
  succeeded: { duration_s: 1 },
  failed: { duration_s: 1, fault: "limit", message: "no", detail: "x" },
  canceled: { duration_s: 1, by: "left" },
};

test("each type is tried", () => {
  expect(Object.keys(WHOLE).toSorted()).toEqual(Object.keys(EVENT_TYPES).toSorted());
});

describe.each(Object.entries(WHOLE).filter(([type]) => type !== "running"))("%s", (type, fields) => {
  const isEnd = ["succeeded", "failed", "canceled"].includes(type);
  const bodies = Object.keys(fields).flatMap((key) => [
    ...ODD.map((odd) => ({ ...fields, [key]: odd })),
    Object.fromEntries(Object.entries(fields).filter(([other]) => other !== key)),
  ]);

  test.each(bodies)("%o", (body) => {
    const messages = readMessages([
      { run: "r", seq: 1, type: "set", output: "before", value: 1 },
      { run: "r", seq: 2, type, ...body },
      ...(isEnd ? [] : [{ run: "r", seq: 3, type: "set", output: "after", value: 2 }]),
    ]);
    const events = messages.flatMap((each) => (each.about === "run" ? [each] : []));
    expect(events.map(({ seq }) => seq)).toEqual(isEnd ? [1, 2] : [1, 2, 3]);
    const state = fold(NEW_RUN, events);
    expect(state.outputs).toMatchObject({
      ...(type === "snapshot" ? {} : { before: 1 }),
      ...(isEnd ? {} : { after: 2 }),
    });
    expect(state.ending !== null).toBe(isEnd);
  });
});

test("types and fields of a newer server are passed over", () => {
  const [first, second, third] = readMessages([
    { run: "r", seq: 1, type: "colours", component: "a", changes: {}, more: true },
    { run: "r", seq: 2, type: "constructor" },
    { run: "r", seq: 3, type: "append", output: "a", text: "x", colour: "red" },
  ]);
  const unrecognised = { type: "unrecognised", problem: null };
  expect(first).toMatchObject({ event: { ...unrecognised, more: true } });
  expect(second).toMatchObject({ event: { ...unrecognised, more: false } });
  expect(third).toMatchObject({ event: { type: "append", text: "x" } });
});

test("what is no message is named to the developer, and the others are read", () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const read = readMessages([
    null,
    5,
    {},
    { run: 5, type: "set" },
    { type: "catalog" },
    { run: "r", type: "gone" },
  ]);
  expect(read).toEqual([{ about: "gone", run: "r" }]);
  expect(told).toHaveBeenCalledTimes(5);
  told.mockRestore();
});

test("names that every object inherits are names like others", () => {
  const names = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf", "__defineGetter__"];
  const frame = names.flatMap((output, index) => [
    `{"run": "r", "seq": ${3 * index + 1}, "type": "append", "output": "${output}", "text": "a"}`,
    `{"run": "r", "seq": ${3 * index + 2}, "type": "append", "output": "${output}", "text": "b"}`,
    `{"run": "r", "seq": ${3 * index + 3}, "type": "patch", "output": "map",
      "edits": [["set", ["${output}"], {}], ["set", ["${output}", "${output}"], ${index}], ["append", ["x", "${output}"], "n"]]}`,
  ]);
  const start = `{"run": "r", "seq": 0.5, "type": "set", "output": "map", "value": {"x": {}}}`;
  const events = readMessages(parseJson(`[${[start, ...frame].join(",")}]`) as readonly unknown[]);
  const { outputs, counts } = fold(
    NEW_RUN,
    events.flatMap((each) => (each.about === "run" ? [each] : [])),
  );
  expect(Object.getOwnPropertyNames(outputs).toSorted()).toEqual([...names, "map"].toSorted());
  for (const name of names) {
    expect(Object.getOwnPropertyDescriptor(outputs, name)?.value).toBe("ab");
    expect(Object.getOwnPropertyDescriptor(counts, name)?.value).toBe(2);
  }
  const map = Object.getOwnPropertyDescriptor(outputs, "map")?.value as object;
  expect(Object.getPrototypeOf(map)).toBe(Object.prototype);
  expect(JSON.stringify(map)).toBe(
    JSON.stringify(
      JSON.parse(
        `{"x": {${names.map((name) => `"${name}": "n"`).join(",")}}, ${names
          .map((name, index) => `"${name}": {"${name}": ${index}}`)
          .join(",")}}`,
      ),
    ),
  );
});
