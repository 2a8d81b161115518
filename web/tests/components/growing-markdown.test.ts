// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { drawMarkdown, GrowingMarkdown } from "../../src/components/markdown/engine.ts";
import { BREAKERS, randomText, randomly } from "./markdown-texts.ts";

let host: HTMLElement;
let growing: GrowingMarkdown;
let finished: HTMLElement[];

function renew(): void {
  host = document.createElement("div");
  finished = [];
  growing = new GrowingMarkdown(host, (code) => finished.push(code));
}

/** Draw all that there is to draw; returns how many characters were read for it. */
function show(text: string, isComplete = false): number {
  growing.show(text, isComplete);
  let read = 0;
  for (let step = growing.step(); step > 0; step = growing.step()) read += step;
  return read;
}

function whole(text: string): string {
  renew();
  show(text, true);
  return host.innerHTML;
}

function cut(text: string, sizes: () => number): string {
  renew();
  for (let length = 0; length < text.length; length += sizes()) show(text.slice(0, length));
  show(text);
  show(text, true);
  return host.innerHTML;
}

beforeEach(renew);

describe("a text that grows", () => {
  test.each(Object.entries(BREAKERS))("ends as it would in one piece: %s", (_, text) => {
    const expected = whole(text);
    for (const size of [1, 2, 3, 7, 40]) expect(cut(text, () => size)).toBe(expected);
  });

  test("ends as it would in one piece, whatever it is and however it is cut", () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      const next = randomly(seed);
      const text = randomText(next);
      expect(
        cut(text, () => 1 + Math.floor(next() * 9)),
        `seed ${seed}: ${JSON.stringify(text)}`,
      ).toBe(whole(text));
    }
  });

  test("never touches a finished block again", () => {
    show("# Title\n\nA paragraph\n\nThe\n");
    const [title, paragraph] = host.children;
    show("# Title\n\nA paragraph\n\nThe\nend");
    expect([...host.children].slice(0, 2)).toEqual([title, paragraph]);
  });

  test("that turns into another is shown anew", () => {
    show("# Title\n\nA paragraph\n\nThe");
    show("Other");
    expect(host.textContent.trim()).toBe("Other");
  });

  test("that turns into another has the beginning of that one at once, and nothing of itself", () => {
    show("# Title\n\nA paragraph\n\nThe end", true);
    const other = Array.from({ length: 500 }, (_, at) => `Line ${at}\n\n`).join("");
    growing.show(other, true);
    expect(host.firstElementChild?.textContent).toBe("Line 0");
    expect(host.textContent).toContain("Line 99");
    expect(host.textContent).not.toContain("Line 499");
    expect(host.textContent).not.toContain("The end");
  });

  test("tells of each block of code once, when it is complete", () => {
    for (const text of ["```js\n", "```js\nlet a", "```js\nlet a\n```", "```js\nlet a\n```\n\nMore"])
      show(text);
    show("```js\nlet a\n```\n\nMore", true);
    expect(finished.map(({ textContent }) => textContent)).toEqual(["let a"]);
  });
});

describe("the end of a text that goes on", () => {
  const INTRO = "Here are the points:\n";

  test.each(["-", "- ", "*", "**", "==", "=", "#", "##", "`", "``", "|", ">", "1.  \n2", "---", "> -", "$$"])(
    "a last line of %j is held back",
    (markers) => {
      show(`${INTRO}${markers.includes("\n") ? "" : markers}`);
      expect(host.innerHTML).toBe('<p dir="auto">Here are the points:</p>');
    },
  );

  test("a number is held back where it may be the next item", () => {
    show("1. one\n2");
    expect(host.textContent).toBe("one");
    renew();
    show("There are\n2");
    expect(host.textContent).toBe("There are\n2");
  });

  test.each([
    ["**Tell me ab", "<strong>Tell me ab</strong>"],
    ["so *very", "so <em>very</em>"],
    ["a **bold*", "a <strong>bold</strong>"],
    ["a **bold**", "a <strong>bold</strong>"],
    ["run `make te", 'run <code dir="ltr">make te</code>'],
    ["~~no", "<del>no</del>"],
    ["see [the do", "see"],
    ["see [the docs](https://exa", "see"],
    ["see ![a picture](pic.p", "see"],
    ["put <your-a", "put"],
    ["a &am", "a"],
    ["<b>bold", "<b>bold</b>"],
    ["\\( x_1^2", "\\( x_1^2"],
  ])("%j is shown without its unfinished mark", (text, shown) => {
    show(text);
    expect(host.innerHTML).toBe(`<p dir="auto">${shown}</p>`);
  });

  test("a line that may be the header of a table is held back", () => {
    for (const text of ["Sizes:\n\n| a | b |", "Sizes:\n\n| a | b |\n", "Sizes:\n\n| a | b |\n|--"]) {
      show(text);
      expect(host.textContent).toBe("Sizes:");
    }
    show("Sizes:\n\n| a | b |\n|---|---|\n");
    expect(host.querySelectorAll("th")).toHaveLength(2);
  });

  test("all of it is shown when the text is complete", () => {
    for (const text of ["see [the do", "put <your-a", "2", "| a | b |", "`code", "**bold", "a \\", "x ="]) {
      renew();
      show(text);
      show(text, true);
      expect(host.textContent).toBe(text);
    }
  });
});

describe("Markdown that cannot be read", () => {
  test("is shown as it is written, from the block on where reading failed", () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    show("# Title\n\n");
    const broken = vi.spyOn(document, "createElement").mockImplementationOnce(() => {
      throw new RangeError("too much");
    });
    show("# Title\n\n> quoted\n> more", true);
    broken.mockRestore();
    expect(host.querySelector("h1")?.textContent).toBe("Title");
    expect(host.textContent).toContain("quoted");
    expect(error).toHaveBeenCalled();
    error.mockRestore();
  });
});

describe("a whole text", () => {
  test("requests its pictures when it is put into the page, and not before", () => {
    const content = drawMarkdown("![a](b.png)", () => undefined);
    expect(content.querySelector("img")?.ownerDocument.defaultView).toBeNull();
  });
});
