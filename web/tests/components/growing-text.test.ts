// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from "vitest";
import { GrowingText } from "../../src/components/growing-text.ts";

let host: HTMLElement;
let growing: GrowingText;

/** What a reader sees: a short text, or blocks, which end lines. */
function seen(): string {
  if (host.children.length === 0) return host.textContent;
  return Array.from(host.children, (block) => block.textContent).join("\n");
}

beforeEach(() => {
  host = document.createElement("div");
  growing = new GrowingText(host);
});

describe("a growing text", () => {
  test("is appended to the node that stands already", () => {
    growing.show("one ");
    const node = host.firstChild;
    growing.show("one two");
    expect(host.firstChild).toBe(node);
    expect(seen()).toBe("one two");
  });

  test("that turns into another is shown anew", () => {
    growing.show("one two");
    growing.show("other");
    expect(seen()).toBe("other");
    growing.show("");
    expect(seen()).toBe("");
  });

  test("that is long is cut into blocks at line ends, and loses nothing", () => {
    const text = Array.from({ length: 2_000 }, (_, index) => `line ${index}`).join("\n");
    for (let length = 0; length <= text.length; length += 997) growing.show(text.slice(0, length));
    growing.show(text);
    expect(host.children.length).toBeGreaterThan(2);
    expect(seen()).toBe(text);
  });

  test("shows a line end that closes a block", () => {
    const text = `${"x".repeat(5_000)}\n`;
    growing.show(text);
    expect(seen()).toBe(text);
    growing.show(`${text}y`);
    expect(seen()).toBe(`${text}y`);
  });
});
