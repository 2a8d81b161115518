import { expect, test } from "vitest";
import { number, otherwise, text } from "../../src/contract/decode.ts";
import { inputDecoder, type InputFormat, type InputKeys } from "../../src/contract/input.ts";
import { describedInput } from "./described.ts";

interface Theremin extends InputKeys {
  readonly pitch: number;
}

const THEREMIN: InputFormat<Theremin> = {
  type: "theremin",
  fields: { pitch: number, default: otherwise(text, "silence") },
  fits: ({ pitch }, value) => value === pitch,
  isSecret: ({ name }) => name === "hidden",
};
const LETTER: InputFormat = {
  type: "letter",
  fields: {},
  fits: () => true,
  takesFile: true,
  inLink: "plain",
};
const UNKNOWN: InputFormat = { type: "", fields: {}, fits: () => true, inLink: "never" };

const decode = inputDecoder((type) => [THEREMIN, LETTER].find((kind) => kind.type === type) ?? UNKNOWN);

test("a kind's own keys are decoded beside those that all inputs have", () => {
  expect(decode(describedInput("theremin", { pitch: 440, label: "Tone" }), "inputs[0]")).toMatchObject({
    name: "field",
    type: "theremin",
    pitch: 440,
    label: "Tone",
    description: null,
    required: false,
  });
  expect(() => decode(describedInput("theremin"), "inputs[0]")).toThrow(
    "inputs[0].pitch: expected a number, found nothing",
  );
});

test("a kind may read a common key in its own way", () => {
  expect(decode(describedInput("theremin", { pitch: 1 }), "t").default).toBe("silence");
  expect(decode(describedInput("letter"), "l").default).toBeNull();
});

test("an input knows by its kind which values fit", () => {
  const input = decode(describedInput("theremin", { pitch: 440 }), "t");
  expect([440, 441].map(input.fits)).toEqual([true, false]);
});

test("uploads and secrets are never in a link, whatever their kind says", () => {
  const theremin = (name: string): unknown => decode(describedInput("theremin", { name, pitch: 1 }), name);
  expect(theremin("open")).toMatchObject({ isSecret: false, takesFile: false, inLink: "encoded" });
  expect(theremin("hidden")).toMatchObject({ isSecret: true, inLink: "never" });
  expect(decode(describedInput("letter"), "l")).toMatchObject({ takesFile: true, inLink: "never" });
});

test("an input of a kind that only a newer server has keeps the kind's name", () => {
  expect(decode(describedInput("smell", { strength: 3 }), "s")).toMatchObject({
    name: "field",
    type: "smell",
    inLink: "never",
  });
});
