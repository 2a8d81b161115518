/** Texts in Markdown for tests: those that broke readers which work block by block, and random ones. */

export const BREAKERS: Readonly<Record<string, string>> = {
  everything:
    "# Title\n\nA paragraph\nof two lines.\n\n1. one\n\n2. two\n   - nested\n\n```python\ndef f():\n\n    return 1\n```\n\n" +
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\nThe end.",
  "a definition after its use": "See [docs][d] and [d].\n\n[d]: https://example.org\n",
  "a definition before its use": '[d]: https://example.org "A title"\n\nSee [docs][d].',
  "a definition within a list": "- See [x].\n- [x]: /y\n\n  more\n\nand [x]",
  "a definition twice": "[a]\n\n[a]: /first\n\n[a]: /second\n\n[a]",
  "a definition over lines": "[a]:\n  /address\n  'a\n  title'\n\n[a]",
  "a definition without an end": "[a]: /x 'title\n\nmore' [a]",
  "a definition that is a heading": "[a]: /x\n===\n[a]",
  "a footnote's label": "Word[^1].\n\n[^1]: Note",
  details: "<details>\n<summary>Why</summary>\n\ntext\n\n</details>\n\nAfter",
  "nested details":
    "<details><summary>A</summary>\n\n<details><summary>B</summary>\n\n- b\n\n</details>\n\na\n\n</details>\n\nz",
  "details in an item": "- one\n  <details>\n\n  inside\n\n  </details>\n- two",
  "a tag over lines": '<div\n  align="center"\n>\n\n# Title\n\n</div>\n',
  "HTML without an end": "<div>\n\none\n\n- two\n\nthree",
  "an end without its start": "one\n\n</details>\n\ntwo </b> three",
  "unknown tags":
    "put in <your-api-key>, `List<int>` and List<int>\n\n# vector<string>\n\n<your-key>\n\n- <x y>",
  "a comment": "a <!-- b\nc --> d\n\n<!-- e\n\nf -->\n\ng",
  "a comment without an end": "a\n\n<!-- b\n\nc",
  "a fence in a list": "- a\n\n  ```js\n  let a;\n\n  let b;\n  ```\n\n- b\n  ```\n  open",
  "a fence without an end": "```\na\n\n``\nb",
  "code by indentation": "a\n\n    b\n\n\n    c\n\nd\n\n\te",
  "a setext heading": "Title\nof lines\n===\n\nOther\n---\n\n- item\n---\n\n> quote\n===",
  "a title over lines": '[a](/b "one\ntwo") and ![c](/d\n"e")',
  "returns alone": "a\rb\r\rc\r\nd\r\n\r\n- e\r- f\r",
  zeros: "a\0b\n\n`\0`\n\n```\n\0\n```\n\0",
  "a table in a paragraph": "words\n| a | b |\n|--|:-:|\n| 1 | 2 | 3 |\n| `|` \\| | x\nrow\n\nafter",
  "no table": "| a | b |\n| - |\n\n| a |\n\nb\n|-",
  "loose after tight": "- a\n- b\n\n- c\n  - d\n\n    e\n",
  "lists of other markers": "- a\n+ b\n* c\n1. d\n1) e\n- f",
  "a rule or a list": "- a\n- - -\n* * *\n***\n--\n-",
  "lazy lines": "> a\nb\n> - c\nd\n\n> e\n    f",
  tasks: "- [ ] one\n- [x] two\n- [x]\n- [y] no",
  formulas:
    "\\( x_1^2 * y_2 * z \\) and\n\\[\na\n= b\n- c\n\\]\n\n$$ x_1 $$ costs $5 and $6, $a_1*b*c_1$\n\n$$\n*x*\n",
  "formulas in blocks":
    "\\begin{align}\na &= b \\\\\n&= c\n\\end{align}\n\n- $$\n  x\n  $$ y\n\n| $a$ | \\(b|c\\) |\n|-|-|\n| $d$ | e $f$ |\n\n$$\nopen",
  "formulas in emphasis":
    "**bold $x_1*y$ more** [link $a$](/b) # $c$\n\n## $d$ e\n\n$\\alpha_1 * b$ and $g$th",
  prices: "$5 and $6, US$5 to US$6, 20$ to 30$, $HOME and $PATH, $1$2, $ 3$, \\$4$, $5",
  escapes: "\\*a\\* &amp; &copy &nosuch; \\\\ \\\nb  \nc",
  addresses: "https://a.b/c_d_e, www.x.y. (https://z.w) a@b.cd <https://q.r> [https://s.t](/u)",
  "right to left": "مرحبا **بالعالم** `code`.\n\n- واحد\n- two\n\n| ا | b |\n|-|-|",
  "emphasis over lines": "**one\ntwo** _a\nb_ ***c** d*\n\n**e\n\nf**",
  emoji: "👩‍👩‍👧 **👍** - 👍\n\n- 👍",
  empty: "\n\n\n",
};

// prettier-ignore
const PARTS = [
  "\n", "\n", "\n\n", " ", "  ", "    ", "\t", "- ", "* ", "1. ", "2) ", "> ", ">", "# ", "## ", "```", "~~~", "```js\n", "---",
  "===", "***", "| a | b |\n", "|---|---|\n", "|", "**", "*", "_", "~~", "`", "``", "[a]", "[a]: /b", "](c)", "[", "]", "(",
  ")", "![", "<details>", "</details>", "<b>", "</b>", "<div>\n", "</div>", "<x-y>", "<", ">", "<!--", "-->", "&amp;", "&",
  "\\", "$$", "$", "\\(", "\\)", "\\[", "\\]", "$x$", "$\\a_", "\\begin{a}", "\\end{a}", "word", "two words", "https://a.b", "5", "\r", "\r\n", "\0", "é", "👍", '"t"',
  "[ ] ", "  - ", "   ", ":", "-", "=", "+ ",
];

/** Numbers from 0 to 1, the same ones for the same seed. */
export function randomly(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

export function randomText(next: () => number): string {
  const count = 3 + Math.floor(next() * 40);
  return Array.from({ length: count }, () => PARTS[Math.floor(next() * PARTS.length)]).join("");
}
