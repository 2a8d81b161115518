// @vitest-environment jsdom
/** A number field keeps every digit, from the value that is set to the value that is sent. */
import { render } from "lit";
import { expect, test } from "vitest";
import type { Json } from "../../../src/contract/json.ts";
import { writeJson } from "../../../src/contract/json.ts";
import { fill } from "../../../src/state/values.ts";
import { readFragment, writeFragment } from "../../../src/state/fragment.ts";
import { drawn } from "../drawn.ts";
import { anInput, FieldPage } from "./fields.ts";

const LONG = [2n ** 63n - 1n, -(2n ** 63n), 1565605928693133313n] as const;

test.each(["number", "slider"])(
  "%s keeps a long whole number that is set, and one that is typed",
  async (type) => {
    for (const value of LONG) {
      const page = new FieldPage();
      const input = anInput(type, { minimum: -1e19, maximum: 1e19, integer: true });
      const { root } = await drawn(page.draw(input, value));
      const field = root.querySelector<HTMLInputElement>('input[type="number"]');
      expect(field?.value).toBe(String(value));
      if (field !== null) field.value = String(value - 2n);
      field?.dispatchEvent(new Event(type === "number" ? "input" : "change"));
      expect(page.changes.at(-1)).toBe(value - 2n);
      expect(writeJson({ n: page.changes.at(-1) as Json })).toBe(`{"n":${value - 2n}}`);
    }
  },
);

test.each(["number", "slider"])("%s takes from a link what can stand in it", (type) => {
  const input = anInput(type, { minimum: -1e19, maximum: 1e19, default: 3 });
  const read = (written: string): Json | undefined =>
    fill([input], readFragment([input], `${input.name}=${written}`))[input.name];
  for (const odd of ["1e999", "-1e999", "NaN", "null1", '"5"', "[1]", "{}", "true", "", "%", "constructor"]) {
    expect(read(odd), odd).toBe(3);
  }
  for (const value of [...LONG, 0.1, -5, 1e-7]) {
    const fragment = writeFragment([input], { [input.name]: value });
    expect(fill([input], readFragment([input], fragment))[input.name]).toBe(value);
  }
});

test("a number that was there before a visitor typed can be set again", () => {
  const page = new FieldPage();
  const input = anInput("number", {});
  const root = document.createElement("div");
  const draw = (value: number): HTMLInputElement | null => {
    render(page.draw(input, value), root);
    return root.querySelector("input");
  };
  const field = draw(8);
  if (field !== null) field.value = "9";
  expect(draw(9)?.value).toBe("9");
  expect(draw(8)?.value).toBe("8");
});
