/** The conversation of a chat demo, which the page keeps and sends with each run. */
import { recall, remember } from "../client/storage.ts";
import { isList, isMapping, parseJson, writeJson, type Json, type JsonList } from "../contract/json.ts";

/** A tab's storage holds about 5 MB for the whole origin; a longer conversation is not kept over a reload. */
const LONGEST_KEPT = 500_000;

export function asConversation(value: Json | undefined): JsonList {
  return isList(value) ? value : [];
}

export function withQuestion(history: JsonList, question: string): JsonList {
  return [...history, { role: "user", content: question }];
}

/** The last question and everything before it, to ask it again. */
export function beforeLastQuestion(history: JsonList): { earlier: JsonList; question: string } | null {
  const index = history.findLastIndex((each) => isMapping(each) && each.role === "user");
  const last = history[index];
  if (!isMapping(last) || typeof last.content !== "string") return null;
  return { earlier: history.slice(0, index), question: last.content };
}

export function keepConversation(demo: string, history: JsonList): void {
  const text = writeJson(history);
  remember(`chat:${demo}`, history.length > 0 && text.length <= LONGEST_KEPT ? text : null);
}

export function keptConversation(demo: string): JsonList {
  const text = recall(`chat:${demo}`);
  try {
    return text === null ? [] : asConversation(parseJson(text));
  } catch {
    // Cut off, or written by something else: the conversation begins anew.
    return [];
  }
}
