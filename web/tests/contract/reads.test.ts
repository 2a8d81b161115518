/** The comparison finds each way in which a decoder and what is sent can differ. */
import { expect, test } from "vitest";
import { list, nullable, number, otherwise, record, text } from "../../src/contract/decode.ts";
import { Reads } from "./reads.ts";

const part = record({ type: text, size: otherwise(number, 1), weight: nullable(number) });
const whole = record({ name: text, parts: list(part), colour: otherwise(text, "red") });

function reads(...bodies: readonly Parameters<typeof Object.entries>[0][]): Reads {
  return new Reads(
    "whole",
    whole,
    bodies.map((body) => ({ about: "", body: body as never })),
  );
}

test("a key that is read and that nobody sends is found", () => {
  expect(reads({ name: "a", parts: [] }).neverSent()).toEqual(["whole.colour"]);
  const parts = [{ type: "wheel", size: 1, weight: null }, { type: "door" }];
  expect(reads({ name: "a", parts, colour: "b" }).neverSent()).toEqual([
    "whole.parts[door].size",
    "whole.parts[door].weight",
  ]);
});

test("a key that is sent and that nobody reads is found, unless its whole mapping is passed on unread", () => {
  const parts = [{ type: "wheel", size: 1, weight: null, age: 3 }];
  expect(reads({ name: "a", parts, colour: "b", price: { total: 1 } }).neverRead()).toEqual([
    "whole.parts[wheel].age",
    "whole.price",
  ]);
});

test("a key with a fallback that is never needed is found", () => {
  const parts = [{ type: "wheel", size: 1, weight: 2 }];
  const both = reads({ name: "a", parts, colour: "b" }, { name: "a", parts: [{ type: "wheel", size: 2 }] });
  expect(both.needlessFallbacks()).toEqual(["whole.parts[wheel].size"]);
});
