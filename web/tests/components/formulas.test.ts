// @vitest-environment jsdom
/** Formulas: where they begin and end in a text, and what is drawn of them. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { drawMarkdown, GrowingMarkdown } from "../../src/components/markdown/engine.ts";
import { readFormula } from "../../src/components/markdown/formulas.ts";
import { drawnBefore, typeset } from "../../src/components/markdown/typeset.ts";
import { until } from "../patience.ts";
import { BREAKERS, randomText, randomly } from "./markdown-texts.ts";

function sources(node: ParentNode): readonly (string | null)[] {
  return Array.from(node.querySelectorAll("gs-formula"), (formula) => formula.getAttribute("source"));
}

function found(text: string): readonly (string | null)[] {
  return sources(drawMarkdown(text, () => undefined));
}

function growing(): {
  readonly host: HTMLElement;
  readonly show: (text: string, isComplete?: boolean) => void;
} {
  const host = document.createElement("div");
  document.body.append(host);
  const markdown = new GrowingMarkdown(host, () => undefined);
  return {
    host,
    show: (text, isComplete = false) => {
      markdown.show(text, isComplete);
      while (markdown.step() > 0);
    },
  };
}

async function drawn(host: HTMLElement): Promise<void> {
  await until(() => host.querySelector("gs-formula:not(:has(.katex)):not([title])") === null);
}

/** Draw a formula; returns its element. */
function draw(source: string): HTMLElement {
  const formula = readFormula(source);
  const made = formula === null ? { reason: "no formula" } : typeset(source, formula);
  if (!("node" in made)) throw new Error(made.reason);
  return made.node as HTMLElement;
}

afterEach(() => {
  document.body.replaceChildren();
});

describe("what is a formula", () => {
  test.each([
    ["$x$", ["$x$"]],
    ["the $n$th, 当$x$时, ($y$)", ["$n$", "$x$", "$y$"]],
    ["$a \\$ b$", ["$a \\$ b$"]],
    ["\\( a \\) and \\[ b \\]", ["\\( a \\)", "\\[ b \\]"]],
    ["so $$ a $$ is", ["$$ a $$"]],
    ["$$\na\n$$", ["$$\na\n$$"]],
    ["\\[\na\n\\]", ["\\[\na\n\\]"]],
    ["\\begin{align}\na\n\\end{align}", ["\\begin{align}\na\n\\end{align}"]],
    ["- $$\n  a\n  $$\n- b", ["$$\na\n$$"]],
    ["| $a$ |\n|-|\n| $b$ |", ["$a$", "$b$"]],
  ])("%j", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test.each([
    "$5 and $6",
    "from US$5 to US$6",
    "20$ to 30$",
    "20$/30$",
    "$HOME and $PATH",
    "$1$2",
    "$ x $",
    "\\$x$",
    "$x\ny$",
    "`$x$`",
    "```\n$x$\n```",
    "$$\n\n$$",
    "$$ $$ and \\(\\)",
    "\\( a",
    "$$\na\n\nb",
  ])("%j has none", (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe("a formula in a text that grows", () => {
  test("is text until it is closed, and then drawn for good", () => {
    const { host, show } = growing();
    const text = "So $\\alpha_1 * b$ is";
    const steps = Array.from(text, (_, end) => {
      show(text.slice(0, end + 1));
      return [host.textContent.replace("So", "").trim(), sources(host).length] as const;
    });
    const closed = text.lastIndexOf("$");
    expect(steps.slice(5, closed + 1).every(([, count]) => count === 0)).toBe(true);
    expect(steps.slice(closed + 2).every(([, count]) => count === 1)).toBe(true);
    expect(host.querySelector("em")).toBeNull();
  });

  test("is not taken for one while a digit may follow its end", () => {
    const { host, show } = growing();
    show("for $1$");
    expect(sources(host)).toEqual([]);
    show("for $1$2");
    show("for $1$2", true);
    expect(sources(host)).toEqual([]);
  });

  test("that was drawn is drawn at once when its line is drawn again", async () => {
    const { host, show } = growing();
    show("so $a+b$ and");
    await drawn(host);
    for (const more of [" more", " more **and", " more **and $a+b$ so", " more **and $a+b$ so**\nor"]) {
      show(`so $a+b$ and${more}`);
      expect(host.querySelectorAll("gs-formula:not(:has(.katex))")).toHaveLength(0);
    }
  });

  test("stays the same element in a line that goes on", async () => {
    const { host, show } = growing();
    show("so **$a+b$** and\n");
    await drawn(host);
    const formula = host.querySelector("gs-formula");
    show("so **$a+b$** and\nmore\n");
    show("so **$a+b$** and\nmore\nand", true);
    expect(host.querySelector("gs-formula")).toBe(formula);
  });

  test("ends as it would in one piece, drawn, however the text is cut", async () => {
    const texts = Array.from({ length: 40 }, (_, seed) => randomText(randomly(seed + 1)));
    for (const text of [...Object.values(BREAKERS), ...texts]) {
      const whole = growing();
      whole.show(text, true);
      const cut = growing();
      for (let end = 0; end < text.length; end += 5) cut.show(text.slice(0, end));
      cut.show(text, true);
      await drawn(whole.host);
      await drawn(cut.host);
      expect(cut.host.innerHTML, text).toBe(whole.host.innerHTML);
      document.body.replaceChildren();
    }
  });
});

describe("what is drawn", () => {
  test("has MathML for those who do not see it, and is displayed by its signs", () => {
    expect(draw("$x^2$").querySelector("math")).not.toBeNull();
    expect(draw("$x^2$").className).toBe("katex");
    for (const source of ["$$x$$", "\\[x\\]", "\\begin{align}x\\end{align}"])
      expect(draw(source).className, source).toBe("katex-display");
  });

  test("has its styles without any attribute that the page's policy refuses", () => {
    const set = vi.spyOn(Element.prototype, "setAttribute");
    const formula = draw("$\\vec{x} \\pmb{y} \\fcolorbox{red}{blue}{z} \\sqrt{a} \\rule{1em}{2em}$");
    expect(set.mock.calls.filter(([name]) => name === "style")).toEqual([]);
    set.mockRestore();
    expect(formula.querySelector<SVGElement>("svg[height='0.714em']")?.style.width).toBe("0.471em");
    expect(formula.querySelectorAll("[data-styled]")).toHaveLength(0);
  });

  test.each([
    "\\href{javascript:alert(1)}{x}",
    "\\url{https://example.org}",
    "\\includegraphics{https://example.org/a.png}",
    "\\htmlStyle{position: fixed}{x}",
    "\\htmlClass{card}{x}",
    "\\htmlId{x}{y}",
    "\\htmlData{a=b}{x}",
  ])("%s is refused by its name", (tex) => {
    expect(() => draw(`$${tex}$`)).toThrow(`${/^\\[a-zA-Z]+/.exec(tex)?.[0] ?? ""} is not allowed`);
  });

  test.each([
    ["a long formula", "x".repeat(5_001)],
    ["a deep formula", `${"\\sqrt{".repeat(100)}x${"}".repeat(100)}`],
    ["a deep formula without braces", `${"\\displaystyle ".repeat(300)}x`],
    ["a bomb of macros", "\\def\\a{\\b\\b}\\def\\b{\\c\\c}\\def\\c{\\a\\a}\\a"],
    ["a wide bomb of macros", `\\def\\a{${"x".repeat(2_000)}}${"\\a".repeat(900)}`],
    ["a mistake", "\\frac{a"],
    ["an unknown command", "\\notacommand"],
  ])("%s is refused with a reason", (_, tex) => {
    expect(() => draw(`$${tex}$`)).toThrow(/./);
  });

  test("no formula defines anything for another", () => {
    draw("$\\gdef\\mine{x}\\mine$");
    expect(() => draw("$\\mine$")).toThrow("Undefined control sequence");
  });

  test("a refused one stays as it is written, with the reason as its title", async () => {
    const { host, show } = growing();
    show("so $\\frac{a$ and $\\href{/x}{y}$.", true);
    await drawn(host);
    const titles = Array.from(host.querySelectorAll<HTMLElement>("gs-formula"), ({ title }) => title);
    expect(host.textContent).toBe("so $\\frac{a$ and $\\href{/x}{y}$.");
    expect(titles[0]).toContain("Unexpected end of input");
    expect(titles[1]).toBe("\\href is not allowed");
  });

  test("so many are kept, and no more", () => {
    for (let number = 0; number < 301; number += 1) draw(`$k_{${number}}$`);
    expect(drawnBefore("$k_{0}$")).toBeNull();
    expect(drawnBefore("$k_{300}$")).not.toBeNull();
  });
});
