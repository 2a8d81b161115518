import { expect, test } from "vitest";
import type { Block, Blocks } from "../../src/contract/layout.ts";
import { arrange, leavesOf } from "../../src/state/layout.ts";
import { anInput } from "./inputs.ts";

const ACTION = {
  button: "Go",
  inputs: [],
  outputs: ["answer"],
  live: null,
  every_ms: null,
  then: { succeeded: [], failed: [], ended: [] },
  stops: [],
  on_open: false,
  runs_on: {},
  has_button: true,
};
const OUTPUT = { label: "", description: null, streaming: true, show_if: [], placeholder: null };

function demoWith(layout: Blocks, chat = false) {
  return {
    layout,
    inputs: [anInput("prompt"), anInput("size"), anInput("seed")],
    outputs: ["answer", "table"].map((name) => ({
      ...OUTPUT,
      type: "text",
      name,
      updates: "replace" as const,
    })),
    actions: [{ ...ACTION, name: "draw" }],
    examples: [{ label: "fox", inputs: {} }],
    chat: chat ? { output: "answer", message: "prompt", action: "draw", button: null, like: null } : null,
  };
}

const input = (name: string): Block => ({ type: "input", name });
const output = (name: string): Block => ({ type: "output", name });
const columns = (...items: Blocks[]): Block => ({
  type: "columns",
  columns: items.map((each) => ({ width: 1, items: each })),
});

/** Blocks in short: names, and what is within in brackets. */
function short(items: Blocks): unknown {
  return items.map((block) => {
    if ("name" in block) return block.name;
    if (block.type === "columns") return block.columns.map((each) => short(each.items));
    if (block.type === "tabs") return block.tabs.map((each) => short(each.items));
    return "items" in block ? [block.type, short(block.items)] : block.type;
  });
}

test("a layout of both sides arranges the whole page, and what it does not name stands beside its neighbour", () => {
  const { top, left, right } = arrange(demoWith([columns([input("size")], [output("table")])]), null);
  expect([left, right]).toEqual([null, null]);
  expect(short(top)).toEqual([
    [
      ["prompt", "size", "seed", "examples", "draw"],
      ["answer", "table"],
    ],
  ]);
});

test("a layout of one side leaves the other as it is", () => {
  const tabs: Block = { type: "tabs", tabs: [{ label: "Table", items: [output("table")] }] };
  const ofOutputs = arrange(demoWith([tabs]), null);
  expect(short(ofOutputs.left ?? [])).toEqual(["prompt", "size", "seed", "examples", "draw"]);
  expect(short(ofOutputs.right ?? [])).toEqual([[["answer", "table"]]]);
  const ofInputs = arrange(demoWith([input("seed"), { type: "text", text: "Words" }]), null);
  expect(short(ofInputs.left ?? [])).toEqual(["prompt", "size", "seed", "examples", "draw", "text"]);
  expect(short(ofInputs.right ?? [])).toEqual(["answer", "table"]);
});

test("words alone stand above both sides", () => {
  const { top, left, right } = arrange(demoWith([{ type: "text", text: "Words" }]), null);
  expect(short(top)).toEqual(["text"]);
  expect([left?.length, right?.length]).toEqual([5, 2]);
});

test("a row gets no more members than it names", () => {
  const row: Block = { type: "row", items: [input("prompt"), input("seed")] };
  const { left } = arrange(demoWith([row]), null);
  expect(short(left ?? [])).toEqual([["row", ["prompt", "seed"]], "size", "examples", "draw"]);
});

test("a conversation comes first, its settings last, and its message and button nowhere", () => {
  const { top } = arrange(demoWith([output("table")], true), "draw");
  expect(short(top)).toEqual(["answer", "table", ["section", ["size", "seed"]]]);
  const named = arrange(demoWith([columns([input("seed")], [output("answer")])], true), "draw");
  expect(short(named.top)).toEqual([
    [
      ["size", "seed"],
      ["answer", "table"],
    ],
  ]);
});

test("everything of a demo has one place", () => {
  const section: Block = { type: "section", title: "More", open: false, show_if: [], items: [input("seed")] };
  const { top } = arrange(demoWith([section, output("answer")]), null);
  expect(leavesOf(top).map((leaf) => ("name" in leaf ? leaf.name : leaf.type))).toEqual([
    ...["prompt", "size", "seed", "examples", "draw", "answer", "table"],
  ]);
});
