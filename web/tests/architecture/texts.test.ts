/** The finder of texts finds what a visitor would read, and nothing else, in sources made for it. */
import { expect, test } from "vitest";
import { textsIn } from "./texts.ts";

function found(source: string): readonly string[] {
  return textsIn(source).map(({ line, text }) => `${line}: ${text}`);
}

test("text between tags is found, with a mark where values are put in", () => {
  expect(found('x = html`<p class="lead small">\n  Hello ${name}!</p> ${rest}`;')).toEqual(["1: Hello …!"]);
  expect(found("x = html`<p>${words.hello}</p> · <br /> <!-- a comment -->`;")).toEqual([]);
});

test("attributes that are read are found, as text or as parts around a value; others are not", () => {
  expect(found('x = html`<a title="Close" class="large button" .name="Place of ${label}"></a>`;')).toEqual([
    "1: Close",
    "1: Place of …",
  ]);
  expect(found('x = html`<a title=${words.close} aria-label="${label}" type="button"></a>`;')).toEqual([]);
});

test("templates within templates, and strings within them, are found each", () => {
  expect(found('x = html`<p>${isOn ? html`<b>Turned on</b>` : "Turned off"}</p>`;')).toEqual([
    "1: Turned on",
    "1: Turned off",
  ]);
});

test("strings that look like language are found", () => {
  const texts = ["Play", "Play it", "2 rows of it", "nobody knows", "Wait…"];
  expect(found(texts.map((text) => `f("${text}");`).join("\n"))).toEqual(
    texts.map((text, index) => `${index + 1}: ${text}`),
  );
  expect(found("f(`${name} could not be sent.`);")).toEqual(["1: … could not be sent."]);
});

test("names, codes, addresses, selectors, keys, logs and code are not found", () => {
  const others = [
    'import x from "Some thing.ts";',
    'type A = "Some thing";',
    'f("aria-label", "api/demos", "audio/mp4; codecs=flac", "isRunning", "API");',
    'console.debug("gradstream: the feed ended", reason);',
    'new DOMException("No longer wanted.", "AbortError");',
    'if (event.key === "Enter") document.querySelector<HTMLElement>("audio, video");',
    'this.name = "Misfit";',
    "f(`import time\nprint it all`);",
    'f("<pre><code data-language></code></pre>");',
  ];
  expect(found(others.join("\n"))).toEqual([]);
});
