/**
 * The words that the page shows, in the language that is spoken: `words/` has a file for each.
 *
 * They are chosen once, before anything is drawn, and stay for as long as the page is open. So nothing may read them
 * while modules are loaded, only when something is drawn or said; `tests/architecture/words.test.ts` holds that.
 */
import { english, type Words } from "./words/en.ts";
import { languageFor, LANGUAGES } from "./words/languages.ts";

export let words: Words = english;

/** Load the words of the first wish that the page speaks, and tell the document its language and direction. */
export async function speak(
  wishes: readonly string[],
  { documentElement: root }: { readonly documentElement: Pick<HTMLElement, "lang" | "dir"> },
): Promise<void> {
  const { tag, direction, load } = LANGUAGES[languageFor(wishes)];
  try {
    words = await load();
  } catch {
    // The server is gone, or has another build by now: English is here, and the page says what else is amiss.
    return;
  }
  root.lang = tag;
  root.dir = direction;
}
