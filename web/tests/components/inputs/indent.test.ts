import { expect, test } from "vitest";
import { indented } from "../../../src/components/inputs/indent.ts";

/** A text with its selection between two bars. */
function tab(marked: string, spaces = 4): string {
  const [before = "", inside = "", after = ""] = marked.split("|");
  const start = before.length;
  const {
    text,
    start: from,
    end,
  } = indented({ text: before + inside + after, start, end: start + inside.length }, spaces);
  return `${text.slice(0, from)}|${text.slice(from, end)}|${text.slice(end)}`;
}

test("Tab fills up to the next stop", () => {
  expect(tab("||x")).toBe("    ||x");
  expect(tab("ab||")).toBe("ab  ||");
  expect(tab("a:\n  ||b", 2)).toBe("a:\n    ||b");
  expect(tab("a|bc|d")).toBe("a   ||d");
});

test("Tab indents all lines of a selection and leaves empty ones", () => {
  expect(tab("a\n|b\n\nc|\nd", 2)).toBe("a\n|  b\n\n  c|\nd");
  expect(tab("a|b\nc|", 2)).toBe("  a|b\n  c|");
  expect(tab("|a\n|b", 2)).toBe("|  a\n|b");
});
