// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from "vitest";
import * as engine from "../../src/components/markdown/engine.ts";
import { GrowingMarkdown } from "../../src/components/markdown/growing-markdown.ts";

const TEXT = `# Title

A paragraph
of two lines.

1. one

2. two
   - nested

\`\`\`python
def f():

    return 1
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

> quoted

The end.`;

let host: HTMLElement;
let growing: GrowingMarkdown;
let finished: number;

function showAll(text: string): void {
  while (!growing.show(text));
}

beforeEach(() => {
  host = document.createElement("div");
  finished = 0;
  growing = new GrowingMarkdown(host, engine, () => (finished += 1));
});

describe("a growing Markdown text", () => {
  test("ends the same however it was cut on the way", () => {
    showAll(TEXT);
    const whole = host.innerHTML;
    for (const size of [1, 3, 7, 40]) {
      host = document.createElement("div");
      growing = new GrowingMarkdown(host, engine, () => undefined);
      for (let length = 0; length <= TEXT.length; length += size) showAll(TEXT.slice(0, length));
      showAll(TEXT);
      expect(host.innerHTML).toBe(whole);
    }
  });

  test("never touches a finished block again", () => {
    showAll("# Title\n\nA paragraph\n\nThe\n");
    const [title, paragraph] = host.children;
    showAll("# Title\n\nA paragraph\n\nThe\nend");
    expect([...host.children].slice(0, 2)).toEqual([title, paragraph]);
    expect(finished).toBe(2);
  });

  test("that turns into another is shown anew", () => {
    showAll("# Title\n\nA paragraph\n\nThe");
    showAll("Other");
    expect(host.textContent.trim()).toBe("Other");
  });
});

describe("Markdown from anybody", () => {
  test("carries no scripts, no handlers, no forms and no styles", () => {
    const html = engine.toHtml(
      '<img src=x onerror=alert(1)><script>1</script><form><input name="password"></form>' +
        '<p style="position:fixed" id="in-prompt" class="main">a</p>[b](javascript:alert(1))',
    );
    expect(html).not.toMatch(/onerror|script|form|input|style|id=|class=/);
  });

  test("opens links elsewhere, without telling where they were", () => {
    const box = document.createElement("div");
    box.innerHTML = engine.toHtml("[a](https://example.org)");
    const link = box.querySelector("a");
    expect([link?.target, link?.rel]).toEqual(["_blank", "noopener noreferrer"]);
  });

  test("keeps code as it is written", () => {
    const box = document.createElement("div");
    box.innerHTML = engine.toHtml('```html\n<b>"&amp;"</b>\n```');
    const code = box.querySelector("code");
    expect(code?.textContent).toBe('<b>"&amp;"</b>');
    expect(code?.dataset.language).toBe("html");
  });
});
