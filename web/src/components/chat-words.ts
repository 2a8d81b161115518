/** The words about conversations: English ones are loaded with what says them, others with their language. */
import { words } from "../words.ts";
import { englishChat, type ChatWords } from "../words/chat/en.ts";

export function chatWords(): ChatWords {
  return words.chat ?? englishChat;
}
