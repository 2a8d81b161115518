// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { GrowingMarkdown } from "../../src/components/markdown/engine.ts";

/** A piece of a text, or a line, is what is read at a time. */
const LONGEST_STEP = 8_192;
/** Browsers lay out nested elements by recursion. */
const DEEPEST = 150;

let host: HTMLElement;
let growing: GrowingMarkdown;

/** Draw all that there is to draw; returns how many characters each step read. */
function show(text: string, isComplete = true): readonly number[] {
  growing.show(text, isComplete);
  const steps: number[] = [];
  for (let step = growing.step(); step > 0; step = growing.step()) steps.push(step);
  return steps;
}

beforeEach(() => {
  host = document.createElement("div");
  growing = new GrowingMarkdown(host, () => undefined);
});

describe("what it costs", () => {
  const PARAGRAPH =
    "Some *words* of a `paragraph`, [linked](https://example.org) and **strong**, one of many.\n\n";
  const TEXTS = {
    paragraphs: PARAGRAPH.repeat(220),
    "one paragraph of many lines": PARAGRAPH.trim().concat("\n").repeat(220),
    "one line": PARAGRAPH.trim().concat(" ").repeat(220),
    "one word": "x".repeat(20_000),
    list: "- an item of *many*\n".repeat(1_000),
    table: `| a | b |\n|---|---|\n${"| one *cell* | another |\n".repeat(1_000)}`,
    fence: `\`\`\`\n${"code and code\n".repeat(1_500)}`,
    quote: "> quoted and quoted\n".repeat(1_000),
    html: `<div>\n${"<b>bold</b> and more\n".repeat(1_000)}</div>`,
    "definitions after their use": "[a1] [a2] [a3] ".repeat(200) + "\n\n" + numbered("[a", "]: /b\n", 500),
    brackets: "[".repeat(50_000),
    stars: "*".repeat(50_000),
    "stars and letters": "*a **b ".repeat(2_000),
    "links in links": "[a](".repeat(3_000),
    ticks: numbered("`", "`", 50).repeat(500),
    dollars: "$a ".repeat(5_000),
    "open tags": "<a b='".repeat(1_000),
    comments: "<!-- ".repeat(1_000),
    ampersands: "&amp".repeat(3_000),
    quotes: ">".repeat(3_000),
    "nested lists": "- ".repeat(10_000),
    "nested by indentation": Array.from({ length: 100 }, (_, depth) => `${"  ".repeat(depth)}- x\n`).join(""),
  };

  test.each(Object.entries(TEXTS))("%s: each character is read a few times at most", (_, text) => {
    const error = vi.spyOn(console, "error");
    const steps = show(text);
    expect(steps.reduce((sum, read) => sum + read, 0)).toBeLessThanOrEqual(3 * text.length + 100);
    expect(Math.max(...steps)).toBeLessThanOrEqual(text.includes("\n", 1) ? LONGEST_STEP : text.length + 1);
    expect(error).not.toHaveBeenCalled();
    expect(depthOf(host)).toBeLessThan(DEEPEST);
  });

  test.each(["list", "table", "fence", "quote", "html", "paragraphs", "one line"] as const)(
    "a growing %s is read by what was added, not by how long it is",
    (name) => {
      const text = TEXTS[name];
      let read = 0;
      const size = 500;
      for (let length = size; length <= 16_000; length += size)
        for (const step of show(text.slice(0, length), false)) read += step;
      // An open paragraph is read again as far as its last cut; of other blocks, the last line.
      expect(read / 16_000).toBeLessThan(12);
    },
  );
});

/** Such as `<b>0</b><b>1</b>`. */
function numbered(before: string, after: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `${before}${index}${after}`).join("");
}

function depthOf(root: Element): number {
  let deepest = 0;
  for (const element of root.querySelectorAll("*")) {
    let depth = 0;
    for (let at: Element | null = element; at !== null && at !== root; at = at.parentElement) depth += 1;
    deepest = Math.max(deepest, depth);
    if (deepest > 200) break;
  }
  return deepest;
}
