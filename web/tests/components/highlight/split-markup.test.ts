import { expect, test } from "vitest";
import { splitMarkup } from "../../../src/components/highlight/split-markup.ts";

test("a string over several blocks is closed and opened again, and no letter is lost", () => {
  const markup = 'a &lt; <span class="s">&quot;b\n<span class="t">c</span>\nd&quot;</span>\ne';
  expect(splitMarkup(markup, [6, 1, 4])).toEqual([
    'a &lt; <span class="s">&quot;b</span>',
    '<span class="s"><span class="t">c</span></span>',
    '<span class="s">d&quot;</span>\ne',
  ]);
});

test("code that is one block stays as it is", () => {
  expect(splitMarkup('a\n<span class="n">1</span>\n', [4])).toEqual(['a\n<span class="n">1</span>\n']);
});
