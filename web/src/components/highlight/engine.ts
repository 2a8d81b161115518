/** Highlights code. The home of highlight.js, loaded when a page first shows finished code. */
import hljs from "highlight.js/lib/core";
import { canonical, loaderOf } from "./languages.ts";

/** Highlighting is synchronous: a longer text would block the page. */
const LONGEST = 100_000;

export async function highlight(element: HTMLElement, language: string): Promise<void> {
  const name = canonical(language);
  const load = loaderOf(name);
  const text = element.textContent;
  if (load === null || text.length > LONGEST) return;
  if (hljs.getLanguage(name) === undefined) hljs.registerLanguage(name, (await load()).default);
  // If the text has grown while the language was loading, it will be highlighted later.
  if (element.textContent !== text) return;
  element.innerHTML = hljs.highlight(text, { language: name, ignoreIllegals: true }).value;
}
