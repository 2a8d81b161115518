// @vitest-environment jsdom
import { expect, test } from "vitest";
import { partsOf } from "../../src/components/input-list.ts";
import { anInput } from "../state/inputs.ts";

test("inputs of one section fold together where the first of them stands", () => {
  const inputs = [
    anInput("a"),
    anInput("b", { section: "More" }),
    anInput("c"),
    anInput("d", { section: "More" }),
  ];
  expect(
    partsOf(inputs).map(({ section, inputs: found }) => [section, found.map(({ name }) => name)]),
  ).toEqual([
    [null, ["a"]],
    ["More", ["b", "d"]],
    [null, ["c"]],
  ]);
});
