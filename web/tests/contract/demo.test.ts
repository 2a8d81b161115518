import { expect, test } from "vitest";
import { demo } from "../../src/contract/demo.ts";

const COMMON = { label: "A", description: null, required: false, section: null, default: null };

const DEMO = {
  address: "a",
  title: "A",
  status: "ready",
  inputs: [
    { name: "n", type: "slider", minimum: 1, maximum: 5, step: null, integer: true, ...COMMON },
    { name: "t", type: "theremin", pitch: 440, ...COMMON },
    { name: "i", type: "image", accept: [".png", "image/webp"], ...COMMON },
    { name: "c", type: "radio", choices: [{ value: 1, label: "One", description: null }, "two"], ...COMMON },
  ],
  outputs: [
    { name: "x", type: "text", streaming: true },
    { name: "s", type: "smell" },
  ],
  actions: [
    { name: "run", button: "Run", inputs: ["n"], outputs: ["x"], live: null, every_ms: null, on_open: false },
  ],
  examples: [{ label: "5", inputs: { n: 5 } }],
};

test("a demo of known kinds is read with its defaults filled in", () => {
  const read = demo(DEMO, "demo");
  expect(read.chat).toBeNull();
  expect(read.diagnostics).toEqual([]);
  expect(read.inputs[0]).toMatchObject({ type: "slider", minimum: 1, step: null });
  expect(read.outputs[0]).toMatchObject({ type: "text", updates: "replace", placeholder: null });
});

test("kinds of a newer server become unknown ones that keep their name", () => {
  const read = demo(DEMO, "demo");
  expect(read.inputs[1]).toMatchObject({ type: "unknown", kind: "theremin", name: "t" });
  expect(read.outputs[1]).toMatchObject({ type: "unknown", kind: "smell", name: "s" });
});

test("accepted files and choices are brought into one form", () => {
  const read = demo(DEMO, "demo");
  expect(read.inputs[2]).toMatchObject({ accept: ".png,image/webp" });
  expect(read.inputs[3]).toMatchObject({
    choices: [
      { value: 1, label: "One" },
      { value: "two", label: "two" },
    ],
  });
});

test("a demo without an address is refused", () => {
  expect(() => demo({ ...DEMO, address: undefined }, "demo")).toThrow(
    "demo.address: expected text, found nothing",
  );
});
