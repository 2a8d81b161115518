/** The words about clips that visitors give: English ones are loaded with what takes clips, others with their language. */
import { words } from "../../words.ts";
import { englishClip, type ClipWords } from "../../words/clip/en.ts";

export function clipWords(): ClipWords {
  return words.clip ?? englishClip;
}
