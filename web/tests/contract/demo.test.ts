import { expect, test } from "vitest";
import { demoDecoder } from "../../src/contract/demo.ts";
import { inputDecoder, type InputFormat } from "../../src/contract/input.ts";
import { outputDecoder, type OutputFormat } from "../../src/contract/output.ts";
import { describedInput, describedOutput } from "./described.ts";

const ANY: InputFormat = { type: "any", fields: {}, fits: () => true };
const SHOWN: OutputFormat = { type: "shown", fields: {} };
const demo = demoDecoder(
  inputDecoder(() => ANY),
  outputDecoder(() => SHOWN),
);

const DEMO = {
  address: "a",
  title: "A",
  description: null,
  author: null,
  license: null,
  file: "a.yaml",
  revision: "r",
  status: "ready",
  source: "",
  inputs: [describedInput("any", { default: 3 })],
  outputs: [describedOutput("shown")],
  editors: [],
  actions: [
    {
      name: "run",
      button: "Run",
      inputs: ["n"],
      outputs: ["x"],
      live: null,
      every_ms: null,
      on_open: false,
      runs_on: {},
      has_button: true,
      then: { succeeded: [], failed: [], ended: [] },
      stops: [],
    },
  ],
  examples: [{ label: "5", inputs: { n: 5 } }],
  cache: false,
  chat: null,
  layout: [],
  diagnostics: [],
  notice: null,
  needs_token: false,
  is_stale: false,
};

test("a demo's components are decoded by their kinds", () => {
  const read = demo(DEMO, "demo");
  expect(read.inputs[0]).toMatchObject({ type: "any", name: "field", default: 3, inLink: "encoded" });
  expect(read.outputs[0]).toMatchObject({ type: "shown", updates: "replace", placeholder: null });
});

test("a demo without an address is refused", () => {
  expect(() => demo({ ...DEMO, address: undefined }, "demo")).toThrow(
    "demo.address: expected text, found nothing",
  );
});
