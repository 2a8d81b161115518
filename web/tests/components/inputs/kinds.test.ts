// @vitest-environment jsdom
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { INPUT_KINDS } from "../../../src/components/inputs/kinds.ts";
import { loadTableEditor } from "../../../src/components/table-editor/load.ts";
import { drawn, seen, settled, use } from "../drawn.ts";
import { INPUT_CASES, type InputCase } from "./cases.ts";
import { anInput, FieldPage } from "./fields.ts";

const SCHEMAS = join(import.meta.dirname, "../../../../schemas/inputs");
const TYPES = INPUT_KINDS.names;
const CASES = Object.entries(INPUT_CASES);

beforeAll(loadTableEditor);

function anyInput(type: string, { keys = {} }: InputCase): ReturnType<typeof anInput> {
  return anInput(type, keys);
}

test("every kind that a demo can name has its file, its place in the list and its case", () => {
  const named = readdirSync(SCHEMAS).map((file) => file.replace(".schema.json", ""));
  expect(TYPES.toSorted()).toEqual(named.toSorted());
  expect(Object.keys(INPUT_CASES).toSorted()).toEqual(named.toSorted());
});

describe.each(CASES)("%s", (type, example) => {
  test("keeps values that fit, and no others", () => {
    const { fits } = anyInput(type, example);
    expect(example.fits.filter((value) => !fits(value))).toEqual([]);
    expect(example.misfits.filter((value) => fits(value))).toEqual([]);
  });

  test("says what its value may be used for", () => {
    const { takesFile = false, inLink = "encoded" } = example.facts ?? {};
    expect(anyInput(type, example)).toMatchObject({ takesFile, inLink });
  });

  test("draws an empty field under its label", async () => {
    const input = anyInput(type, example);
    const { root } = await drawn(new FieldPage().draw(input, input.default));
    expect(seen(root)).toContain("Field");
    expect(root.querySelector(`#in-${input.name}`)).not.toBeNull();
  });

  test("draws its value", async () => {
    const { root } = await drawn(new FieldPage().draw(anyInput(type, example), example.fits[0] ?? null));
    expect(seen(root)).toContain(example.shown);
  });

  test("is drawn for a value that does not fit, too", async () => {
    for (const value of example.misfits) {
      const { root } = await drawn(new FieldPage().draw(anyInput(type, example), value));
      expect(seen(root)).toContain("Field");
    }
  });

  test("shows what is wrong with it, and names it to a screen reader", async () => {
    const mistake = {
      input: "field",
      code: "E",
      message: "No `good`",
      expected: null,
      found: null,
      repair: null,
    };
    const { root } = await drawn(new FieldPage().draw(anyInput(type, example), null, mistake));
    expect(root.querySelector("#in-field-mistake")?.textContent).toBe("No good");
    expect(root.querySelector("[aria-invalid=true]")?.getAttribute("aria-describedby")).toBe(
      "in-field-mistake",
    );
  });

  test("hands over what a visitor enters", async () => {
    const page = new FieldPage();
    const { root } = await drawn(page.draw(anyInput(type, example), null));
    use(root, example.entry, example.mime);
    await Promise.all(page.waits);
    await settled(root);
    expect(page.changes.at(-1)).toEqual(example.becomes);
  });
});

test("a kind that only a newer server has says so in its field", async () => {
  const { root } = await drawn(new FieldPage().draw(anInput("smell"), 1));
  expect(seen(root)).toBe(
    "Field This page does not know inputs of type “smell” yet. Reload the page to get the newest.",
  );
});
