// @vitest-environment jsdom
import { render } from "lit";
import { expect, test } from "vitest";
import { colourYaml } from "../../src/components/tabs/yaml-colours.ts";

const SOURCE = `# a comment
gradstream: 1
title: "A: # title"
inputs:
  steps: {type: slider, minimum: 1}  # folded
  note: it's # fine
examples:
  - steps: 5
  - "quoted"
  text: http://example.org#part
`;

function drawn(source: string): HTMLElement {
  const box = document.createElement("pre");
  render(colourYaml(source), box);
  return box;
}

test("colours change no letter of the text", () => {
  expect(drawn(SOURCE).textContent).toBe(SOURCE);
});

test("keys, words, texts and comments have their own colours", () => {
  const found = (kind: string): string[] =>
    Array.from(drawn(SOURCE).querySelectorAll(`.y-${kind}`), (each) => each.textContent.trim());
  expect(found("key")).toEqual([
    "gradstream",
    "title",
    "inputs",
    "steps",
    "note",
    "examples",
    "steps",
    "text",
  ]);
  expect(found("word")).toEqual(["1", "5"]);
  expect(found("text")).toEqual(['"A: # title"', '"quoted"']);
  expect(found("comment")).toEqual(["# a comment", "# folded", "# fine"]);
});
