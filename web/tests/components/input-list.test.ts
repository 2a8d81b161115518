// @vitest-environment jsdom
import { expect, test } from "vitest";
import { partsOf } from "../../src/components/input-list.ts";
import { anInput } from "../state/inputs.ts";

test("inputs of one section fold together where the first of them stands", () => {
  const inputs = [
    anInput("a", "text"),
    anInput("b", "text", { section: "More" }),
    anInput("c", "text"),
    anInput("d", "text", { section: "More" }),
  ];
  expect(
    partsOf(inputs).map(({ section, inputs: found }) => [section, found.map(({ name }) => name)]),
  ).toEqual([
    [null, ["a"]],
    ["More", ["b", "d"]],
    [null, ["c"]],
  ]);
});
