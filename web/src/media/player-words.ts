/** The words about players: English ones are loaded with what says them, others with their language. */
import { words } from "../words.ts";
import { englishPlayer, type PlayerWords } from "../words/player/en.ts";

export function playerWords(): PlayerWords {
  return words.player ?? englishPlayer;
}
