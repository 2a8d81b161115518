import { expect, test } from "vitest";
import { number } from "../../src/contract/decode.ts";
import { outputDecoder, type Output, type OutputFormat } from "../../src/contract/output.ts";
import { describedOutput } from "./described.ts";

interface Smell extends Output {
  readonly strength: number;
}

const SMELL: OutputFormat<Smell> = {
  type: "smell",
  fields: { strength: number },
};
const UNKNOWN: OutputFormat = { type: "", fields: {} };

const decode = outputDecoder((type) => (type === SMELL.type ? SMELL : UNKNOWN));

test("a kind's own keys are decoded beside those that all outputs have", () => {
  expect(decode(describedOutput("smell", { strength: 3 }), "outputs[0]")).toEqual({
    name: "out",
    type: "smell",
    strength: 3,
    label: "Out",
    description: null,
    streaming: true,
    updates: "replace",
    show_if: [],
    placeholder: null,
  });
  expect(() => decode(describedOutput("smell"), "outputs[0]")).toThrow(
    "outputs[0].strength: expected a number, found nothing",
  );
});

test("an output of a kind that only a newer server has keeps the kind's name", () => {
  expect(decode(describedOutput("taste"), "t")).toMatchObject({ type: "taste", updates: "replace" });
});
