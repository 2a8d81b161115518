import { expect, test } from "vitest";
import { demoDecoder } from "../../src/contract/demo.ts";
import { inputDecoder, type InputFormat } from "../../src/contract/input.ts";
import { outputDecoder, type OutputFormat } from "../../src/contract/output.ts";

const ANY: InputFormat = { type: "any", fields: {}, fits: () => true };
const SHOWN: OutputFormat = { type: "shown", fields: {} };
const demo = demoDecoder(inputDecoder([ANY], ANY), outputDecoder([SHOWN], SHOWN));

const DEMO = {
  address: "a",
  title: "A",
  status: "ready",
  inputs: [{ name: "n", type: "any", label: "N", default: 3 }],
  outputs: [{ name: "x", type: "shown", streaming: true }],
  actions: [
    { name: "run", button: "Run", inputs: ["n"], outputs: ["x"], live: null, every_ms: null, on_open: false },
  ],
  examples: [{ label: "5", inputs: { n: 5 } }],
};

test("a demo is read with what it leaves out filled in", () => {
  const read = demo(DEMO, "demo");
  expect(read.chat).toBeNull();
  expect(read.diagnostics).toEqual([]);
  expect(read.inputs[0]).toMatchObject({ type: "any", name: "n", default: 3, required: false });
  expect(read.outputs[0]).toMatchObject({ type: "shown", updates: "replace", placeholder: null });
});

test("a demo without an address is refused", () => {
  expect(() => demo({ ...DEMO, address: undefined }, "demo")).toThrow(
    "demo.address: expected text, found nothing",
  );
});
