/** Highlights code. The home of highlight.js, loaded when a page first shows finished code. */
import hljs from "highlight.js/lib/core";
import { frameWork, type Work } from "../frame-work.ts";
import { canonical, loaderOf } from "./languages.ts";
import { splitMarkup } from "./split-markup.ts";

/** Finding what is a word or a comment is one step: a longer text would block the page. */
const LONGEST = 100_000;

/** Highlight a text that an element shows, in blocks or as its own text (`growing-text.ts`). */
export async function highlight(element: HTMLElement, language: string): Promise<void> {
  const name = canonical(language);
  const load = loaderOf(name);
  const text = shownIn(element);
  if (load === null || text.length > LONGEST) return;
  if (hljs.getLanguage(name) === undefined) hljs.registerLanguage(name, (await load()).default);
  // If the text has grown while the language was loading, it will be highlighted later.
  if (shownIn(element) !== text) return;
  const { value } = hljs.highlight(text, { language: name, ignoreIllegals: true });
  const blocks = element.children.length === 0 ? [element] : [...element.children];
  frameWork.add(
    new Colouring(
      blocks,
      splitMarkup(
        value,
        blocks.map(({ textContent }) => textContent.length),
      ),
    ),
  );
}

function shownIn(element: HTMLElement): string {
  if (element.children.length === 0) return element.textContent;
  return Array.from(element.children, ({ textContent }) => textContent).join("\n");
}

/** Puts the colours in block by block: the browser restyles and lays out each that was changed. */
class Colouring implements Work {
  private next = 0;

  constructor(
    private readonly blocks: readonly Element[],
    private readonly markups: readonly string[],
  ) {}

  step(): number {
    const block = this.blocks[this.next];
    const markup = this.markups[this.next];
    if (block === undefined || markup === undefined) return 0;
    block.innerHTML = markup;
    this.next += 1;
    return markup.length;
  }
}
