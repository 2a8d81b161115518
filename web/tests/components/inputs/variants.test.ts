// @vitest-environment jsdom
import { expect, test } from "vitest";
import { kindOfInput } from "../../../src/components/inputs/kinds.ts";
import type { Json } from "../../../src/contract/json.ts";
import { drawn, seen, use } from "../drawn.ts";
import { anInput, FieldPage } from "./fields.ts";

const CHOICES = ["a", "b", "c"].map((value) => ({ value, label: value.toUpperCase(), description: null }));

test("a dropdown with custom values accepts texts beside its choices, and shows the label of a choice", async () => {
  const input = anInput("dropdown", { choices: CHOICES, allow_custom: true });
  expect((["z", "a", 5] as const).map(input.fits)).toEqual([true, true, false]);
  const page = new FieldPage();
  const { root } = await drawn(page.draw(input, "a"));
  expect(seen(root)).toContain("| A");
  use(root, "z");
  use(root, "B");
  use(root, "");
  expect(page.changes).toEqual(["z", "b", null]);
});

test("a dropdown with several values keeps the order of its choices", async () => {
  const input = anInput("dropdown", { choices: CHOICES, multiple: true });
  const values: readonly Json[] = [["a", "b"], [], ["a", "z"], "a"];
  expect(values.map(input.fits)).toEqual([true, true, false, false]);
  const page = new FieldPage();
  const { root } = await drawn(page.draw(input, ["c"]));
  expect(seen(root)).toContain("chosen C");
  use(root, "A");
  use(root, "C");
  expect(page.changes).toEqual([["a", "c"], ["a"]]);
});

test("custom values among several can be added and removed", async () => {
  const input = anInput("dropdown", { choices: CHOICES, multiple: true, allow_custom: true });
  const page = new FieldPage();
  const { root } = await drawn(page.draw(input, ["a", "own"]));
  root.querySelector<HTMLElement>("[aria-label='Remove own']")?.click();
  const field = root.querySelector<HTMLInputElement>("[aria-label='Add a value']");
  if (field !== null) field.value = " other ";
  field?.dispatchEvent(new Event("change"));
  expect(page.changes).toEqual([["a"], ["a", "other"]]);
});

test("changes that come before the last one is drawn are kept, each of them", async () => {
  const range = new FieldPage();
  const ends = await drawn(range.draw(anInput("slider", { minimum: 0, maximum: 10, range: true }), [0, 10]));
  for (const [name, to] of [
    ["from", 1],
    ["to", 9],
    ["from", 2],
  ] as const) {
    const handle = ends.root.querySelector<HTMLInputElement>(`[type='range'][aria-label$='${name}']`);
    if (handle !== null) handle.valueAsNumber = to;
    handle?.dispatchEvent(new Event("input"));
  }
  expect(range.changes).toEqual([
    [1, 10],
    [1, 9],
    [2, 9],
  ]);
  const ticked = new FieldPage();
  const { root } = await drawn(ticked.draw(anInput("checkboxes", { choices: CHOICES }), []));
  for (const label of ["B", "A", "B"]) use(root, label);
  expect(ticked.changes).toEqual([["b"], ["a", "b"], ["a"]]);
});

test("a password is hidden, and never leaves its field", async () => {
  const input = anInput("text", { password: true, lines: 5 });
  expect(input).toMatchObject({ isSecret: true, inLink: "never" });
  const { root } = await drawn(new FieldPage().draw(input, "hush"));
  expect(root.querySelector("input")?.type).toBe("password");
});

test("a text of several lines is written in an area, and its length is counted in code points", async () => {
  const input = anInput("text", { lines: 3, max_length: 10 });
  const { root } = await drawn(new FieldPage().draw(input, "a😀"));
  expect(root.querySelector("textarea")?.rows).toBe(3);
  expect(seen(root)).toContain("2 / 10");
});

test("a message of a conversation can be written in a text or a message input only", () => {
  const composing = [anInput("text"), anInput("message"), anInput("number")].map(kindOfInput);
  expect(composing.map((kind) => "compose" in kind)).toEqual([true, true, false]);
});

test("a number's bounds are shown beside its label", async () => {
  const shown = async (keys: Readonly<Record<string, Json>>): Promise<string> =>
    (await drawn(new FieldPage().draw(anInput("number", keys), 1))).root.querySelector(".note")
      ?.textContent ?? "";
  expect(await shown({ minimum: 0, maximum: 9 })).toBe("0 to 9");
  expect(await shown({ minimum: 0 })).toBe("from 0");
  expect(await shown({ maximum: 9 })).toBe("up to 9");
  expect(await shown({})).toBe("");
  expect(await shown({ integer: null })).toBe("");
});

test("a value typed beside a slider is kept within its range", async () => {
  const page = new FieldPage();
  const { root } = await drawn(page.draw(anInput("slider", { minimum: 1, maximum: 5 }), 3));
  const typed = root.querySelector<HTMLInputElement>("[aria-label='Field, value']");
  for (const value of ["9", "", "0"]) {
    if (typed !== null) typed.value = value;
    typed?.dispatchEvent(new Event("change"));
  }
  expect(page.changes).toEqual([5, 1]);
});

test("a default that is a clip of the demo's own is played in its field, under its name", async () => {
  for (const type of ["audio", "video"]) {
    const { root } = await drawn(new FieldPage().draw(anInput(type), { file: "samples/waves.mp4" }));
    expect(root.querySelector(type)?.getAttribute("src")).toBe("api/demos/demo/files/samples/waves.mp4");
    expect(seen(root)).toContain("waves.mp4");
  }
});

test("pictures of a gallery are put in another order, captioned and removed by buttons", async () => {
  const page = new FieldPage();
  const input = anInput("gallery", {
    accept: ["image/*"],
    max_size: null,
    captions: true,
    placeholder: null,
  });
  const made = await drawn(
    page.draw(
      input,
      ["a", "b", "c"].map((name) => ({ file: `samples/${name}.png` })),
    ),
  );
  const press = async (label: string): Promise<void> => {
    made.root.querySelector<HTMLElement>(`[aria-label="${label}"]`)?.click();
    await made.again(page.draw(input, page.changes.at(-1) ?? []));
  };
  const later = made.root.querySelector<HTMLElement>("[aria-label='Later: a.png']");
  later?.focus();
  await press("Later: a.png");
  expect(document.activeElement).toBe(later);
  expect(seen(made.root)).toContain("a.png is now 2 of 3");
  await press("Earlier: b.png");
  expect(page.changes).toHaveLength(1);
  const caption = made.root.querySelector<HTMLInputElement>("[aria-label='Caption of c.png']");
  if (caption !== null) caption.value = "Third";
  caption?.dispatchEvent(new Event("input"));
  await press("Remove b.png from Field");
  expect(page.changes).toEqual([
    [{ file: "samples/b.png" }, { file: "samples/a.png" }, { file: "samples/c.png" }],
    [{ file: "samples/b.png" }, { file: "samples/a.png" }, { file: "samples/c.png", caption: "Third" }],
    [{ file: "samples/a.png" }, { file: "samples/c.png", caption: "Third" }],
  ]);
});

test("pictures that a run has put into a gallery are shown with their captions", async () => {
  const page = new FieldPage();
  const input = anInput("gallery", {
    accept: ["image/*"],
    max_size: null,
    captions: true,
    placeholder: null,
  });
  const file = `${"0".repeat(32)}/abc`;
  const { root } = await drawn(page.draw(input, [{ file, caption: "Made" }]));
  expect(root.querySelector("img")?.getAttribute("src")).toBe(`api/runs/${"0".repeat(32)}/blobs/abc`);
  expect(seen(root)).toContain("Made");
});
