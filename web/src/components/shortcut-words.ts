/** The words about keys: English ones are loaded with what says them, others with their language. */
import { words } from "../words.ts";
import { englishShortcuts, type ShortcutWords } from "../words/shortcuts/en.ts";

export function shortcutWords(): ShortcutWords {
  return words.shortcuts ?? englishShortcuts;
}
