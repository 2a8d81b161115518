// @vitest-environment jsdom
import { render } from "lit";
import { beforeAll, expect, test } from "vitest";
import { kindOfInput } from "../../../src/components/inputs/kinds.ts";
import { placed, readCells, type Column } from "../../../src/components/table-editor/cells.ts";
import { loadTableEditor } from "../../../src/components/table-editor/load.ts";
import type { Json } from "../../../src/contract/json.ts";
import { drawn, seen, settled } from "../drawn.ts";
import { anInput, FieldPage } from "./fields.ts";

beforeAll(loadTableEditor);

const NAME: Column = { name: "name", type: "text", choices: [] };
const BORN: Column = { name: "born", type: "integer", choices: [] };
const SIZE: Column = { name: "size", type: "text", choices: ["S", 42] };
const KEYS = { columns: [NAME, BORN, SIZE] as unknown as Json, max_rows: 3 };
const NAMES = ["name", "born", "size"];

async function table(rows: readonly (readonly Json[])[]): Promise<[FieldPage, HTMLElement]> {
  const page = new FieldPage();
  const { root } = await drawn(page.draw(anInput("table", KEYS), { columns: NAMES, rows }));
  return [page, root];
}

function rowsOf(page: FieldPage): Json {
  return (page.changes.at(-1) as { rows: Json } | undefined)?.rows ?? null;
}

function cell(root: Element, row: number, column: number): HTMLElement {
  return (
    root.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`) ?? (root as HTMLElement)
  );
}

function paste(target: Element, text: string): boolean {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.defineProperty(event, "clipboardData", { value: { getData: () => text } });
  return target.dispatchEvent(event);
}

test("cells are read as spreadsheets write them", () => {
  expect(readCells('a,b\r\n"x, ""y""\nz",2\r\n\r\n', null)).toEqual([
    ["a", "b"],
    ['x, "y"\nz', "2"],
  ]);
  expect(readCells("a;b\n1,5;2", null)).toEqual([
    ["a", "b"],
    ["1,5", "2"],
  ]);
  expect(readCells('\ufeffa\tb "quoted"\t', null)).toEqual([["a", 'b "quoted"', ""]]);
  expect(readCells('"open', null)).toEqual([["open"]]);
  expect(readCells("", null)).toEqual([]);
});

test("a block is placed from its cell on, and adds rows", () => {
  const at = { rows: [["Ada", 1815, null]], row: 0, column: 1 };
  expect(placed([["1816"], ["old", "42", "more"]], [NAME, BORN, SIZE], at)).toEqual({
    rows: [
      ["Ada", 1816, null],
      ["", "old", 42],
    ],
    leftOut: 1,
  });
});

test("a first row of names says where each cell belongs", () => {
  const block = [
    ["Born", "age", "NAME"],
    ["1906", "85", "Grace"],
  ];
  expect(placed(block, [NAME, BORN], { rows: [], row: 0, column: 0 })).toEqual({
    rows: [["Grace", 1906]],
    leftOut: 1,
  });
});

test("rows are added, up to the most, and removed", async () => {
  const [page, root] = await table([["Ada", 1815, "S"]]);
  [...root.querySelectorAll("button")].find((each) => each.textContent.trim() === "Add a row")?.click();
  expect(rowsOf(page)).toEqual([
    ["Ada", 1815, "S"],
    ["", null, null],
  ]);
  root.querySelector<HTMLButtonElement>('button[aria-label="Remove row 1"]')?.click();
  expect(rowsOf(page)).toEqual([]);
  const [, full] = await table([["a"], ["b"], ["c"]]);
  expect(full.querySelector<HTMLButtonElement>(".table-tools button")?.disabled).toBe(true);
});

test("cells of a spreadsheet fill the table, and what does not fit is told", async () => {
  const [page, root] = await table([]);
  expect(paste(cell(root, 0, 0), "one word")).toBe(true);
  expect(page.changes).toEqual([]);
  expect(paste(cell(root, 0, 0), "Ada\t1815\tS\tx\nGrace\t1906\t42\tx\na\t1\t\t\nb\t2\t\t\n")).toBe(false);
  expect(rowsOf(page)).toEqual([
    ["Ada", 1815, "S"],
    ["Grace", 1906, 42],
    ["a", 1, null],
  ]);
  await settled(root);
  expect(root.querySelector("[role=status]")?.textContent).toContain("1 column left out");
  expect(root.querySelector("[role=status]")?.textContent).toContain("At most 3 rows: 1 row left out");
});

test("a file replaces the rows", async () => {
  const [page, root] = await table([["Ada", 1815, "S"]]);
  const field = root.querySelector<HTMLInputElement>("input[type=file]");
  Object.defineProperty(field, "files", {
    value: [{ text: () => Promise.resolve("born,name\n1906,Grace\n") }],
  });
  field?.dispatchEvent(new Event("change"));
  await expect.poll(() => rowsOf(page)).toEqual([["Grace", 1906, null]]);
});

test("Enter and the arrow keys go from row to row, and Enter makes the next one", async () => {
  const [page, root] = await table([
    ["Ada", 1815, "S"],
    ["Grace", 1906, 42],
  ]);
  const press = (target: Element, key: string): void => {
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  };
  press(cell(root, 0, 1), "Enter");
  await settled(root);
  expect(document.activeElement).toBe(cell(root, 1, 1));
  press(cell(root, 1, 1), "ArrowUp");
  await settled(root);
  expect(document.activeElement).toBe(cell(root, 0, 1));
  press(cell(root, 1, 1), "ArrowDown");
  expect(page.changes).toEqual([]);
  press(cell(root, 1, 0), "Enter");
  expect(rowsOf(page)).toHaveLength(3);
});

test("a table of a run is edited under its own columns, by the types of its cells, which no entry changes", async () => {
  const page = new FieldPage();
  const any = (name: string): Json => ({ name, type: "any", choices: [] });
  const input = anInput("table", { columns: [any("place"), any("degrees")], max_rows: 9 });
  const value: Json = {
    columns: ["zip", "degrees", "wet", "on", "both"],
    rows: [
      ["0123", 20.5, true, "2026-05-17", 1],
      ["9", null, false, "2026-05-18", "x"],
    ],
  };
  const { root } = await drawn(page.draw(input, value));
  const fields = [...root.querySelectorAll<HTMLInputElement>("[data-row='0']")];
  expect(fields.map(({ type }) => type)).toEqual(["text", "text", "checkbox", "date", "text"]);
  const type = async (at: number, text: string): Promise<void> => {
    const field = cell(root, 0, at) as HTMLInputElement;
    field.value = text;
    field.dispatchEvent(new Event("input"));
    render(page.draw(input, page.changes.at(-1) ?? null), root);
    await settled(root);
  };
  await type(0, "0456");
  await type(1, "warm");
  expect(cell(root, 0, 1).getAttribute("aria-invalid")).toBe("true");
  await type(1, "21");
  await type(4, "2");
  expect((rowsOf(page) as Json[])[0]).toEqual(["0456", 21, true, "2026-05-17", 2]);
  expect(kindOfInput(input).canChange?.(input, value)).toBe(true);
  const wide = { columns: Array.from({ length: 51 }, (_, at) => String(at)), rows: [] };
  expect(kindOfInput(input).canChange?.(input, wide)).toBe(false);
  const unnamed = anInput("table", { columns: [], max_rows: 9 });
  expect(kindOfInput(unnamed).canChange?.(unnamed, null)).toBe(false);
});

test("each cell is named by its column and row, and one that is no number is marked", async () => {
  const [page, root] = await table([["Ada", "old", 42]]);
  expect(cell(root, 0, 0).getAttribute("aria-label")).toBe("name, row 1");
  expect(cell(root, 0, 1).getAttribute("aria-invalid")).toBe("true");
  expect(seen(root)).toContain("old");
  const choice = cell(root, 0, 2) as HTMLSelectElement;
  choice.value = "S";
  choice.dispatchEvent(new Event("change"));
  expect(rowsOf(page)).toEqual([["Ada", "old", "S"]]);
});
