import { expect, test } from "vitest";
import type { Demo } from "../../src/contract/demo.ts";
import { decodeInput } from "../../src/components/inputs/kinds.ts";
import { Properties } from "../../src/state/properties.ts";
import { describedInput } from "../contract/described.ts";

const CHOICE = { value: "a", label: "a", description: null };
const OTHER = { value: "b", label: "B", description: null };
const city = decodeInput(
  { ...(describedInput("dropdown", { choices: [CHOICE] }) as object), default: "a" },
  "city",
);
const output = { name: "out", label: "Out", description: "d", placeholder: "p", show_if: [], type: "text" };
const demo = { inputs: [city], outputs: [output] } as unknown as Demo;

test("properties lie over the demo, and what the run before has changed stays", () => {
  const properties = new Properties();
  expect(properties.take("r1", { field: { label: "City", choices: [OTHER], interactive: false } })).toBe(
    true,
  );
  expect(properties.take("r2", { out: { visible: false, placeholder: null } })).toBe(true);
  const [input] = properties.over(demo).inputs;
  expect(input).toMatchObject({ label: "City", choices: [OTHER], interactive: false, default: null });
  expect([input?.fits("b"), input?.fits("a")]).toEqual([true, false]);
  expect(properties.over(demo).outputs[0]).toMatchObject({
    label: "Out",
    description: "d",
    placeholder: null,
    show_if: [{ any: [] }],
  });
  expect(properties.runs).toEqual(["r1", "r2"]);
  properties.clear();
  expect(properties.over(demo).inputs[0]).toBe(city);
});

test("what is shown again has no condition", () => {
  const properties = new Properties();
  properties.take("r1", { field: { visible: false } });
  properties.take("r2", { field: { visible: true } });
  expect(properties.over(demo).inputs[0]?.show_if).toEqual([]);
});

test("the same properties are taken once, and runs of which nothing holds are dropped", () => {
  const properties = new Properties();
  const props = { field: { label: "One" } };
  expect(properties.take("r1", {})).toBe(false);
  expect(properties.take("r1", props)).toBe(true);
  expect(properties.take("r1", props)).toBe(false);
  properties.take("r2", { field: { label: "Two", visible: true } });
  properties.take("r3", { field: { label: "Three" } });
  expect(properties.runs).toEqual(["r2", "r3"]);
  expect(properties.over(demo).inputs[0]?.label).toBe("Three");
});
