// @vitest-environment jsdom
import { expect, test } from "vitest";
import { settle, slug } from "../../src/pages/docs-links.ts";

function settled(html: string, path: string): HTMLElement {
  const page = document.createElement("div");
  page.innerHTML = html;
  settle(page, path, "http://localhost/lab/");
  return page;
}

test("links start at the page's own place below docs", () => {
  const page = settled(
    '<a href="../format.md#chat" target="_blank">a</a><img src="pictures/text.webp"><a href="#keys">b</a>',
    "components/text.md",
  );
  const [format, keys] = page.querySelectorAll("a");
  expect(format?.href).toBe("http://localhost/lab/docs/format.md#chat");
  expect(format?.hasAttribute("target")).toBe(false);
  expect(keys?.href).toBe("http://localhost/lab/docs/components/text.md#keys");
  expect(page.querySelector("img")?.src).toBe("http://localhost/lab/docs/components/pictures/text.webp");
});

test("links to other places stay as they are", () => {
  const page = settled('<a href="https://example.org/" target="_blank">a</a>', "tutorial.md");
  expect(page.innerHTML).toBe('<a href="https://example.org/" target="_blank">a</a>');
});

test("headings have the names that code hosts give them", () => {
  expect(settled("<h2>What a `yield` means</h2>", "format.md").querySelector("h2")?.id).toBe(
    "what-a-yield-means",
  );
  expect(slug("5. A conversation")).toBe("5-a-conversation");
});
