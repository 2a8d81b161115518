import { expect, test } from "vitest";
import { number } from "../../src/contract/decode.ts";
import { outputDecoder, updates, type Output, type OutputFormat } from "../../src/contract/output.ts";

interface Smell extends Output {
  readonly strength: number;
}

const SMELL: OutputFormat<Smell> = {
  type: "smell",
  fields: { strength: number, updates: updates("append") },
};
const UNKNOWN: OutputFormat = { type: "", fields: {} };

const decode = outputDecoder([SMELL], UNKNOWN);

test("a kind's own keys are decoded beside those that all outputs have", () => {
  expect(decode({ name: "s", type: "smell", strength: 3, label: "Air" }, "outputs[0]")).toEqual({
    name: "s",
    type: "smell",
    strength: 3,
    label: "Air",
    description: null,
    streaming: true,
    updates: "append",
    placeholder: null,
  });
  expect(() => decode({ name: "s", type: "smell" }, "outputs[0]")).toThrow(
    "outputs[0].strength: expected a number, found nothing",
  );
});

test("an output of a kind that only a newer server has keeps the kind's name", () => {
  expect(decode({ name: "t", type: "taste" }, "t")).toMatchObject({ type: "taste", updates: "replace" });
});
