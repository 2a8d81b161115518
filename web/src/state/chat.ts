/** The conversation of a chat demo, which the page keeps and sends with each run. */
import { recall, remember } from "../client/storage.ts";
import {
  isList,
  isMapping,
  parseJson,
  writeJson,
  type Json,
  type JsonList,
  type JsonMapping,
} from "../contract/json.ts";

/** A tab's storage holds about 5 MB for the whole origin; a longer conversation is not kept over a reload. */
const LONGEST_KEPT = 500_000;

export function asConversation(value: Json | undefined): JsonList {
  return isList(value) ? value : [];
}

/** What is written in the composer: a text, or a text with files, as its input has it. */
export type Question = Json;

export function withQuestion(history: JsonList, question: Question): JsonList {
  return [...history, { role: "user", content: contentOf(question) }];
}

export function isBlank(question: Question): boolean {
  if (typeof question === "string") return question.trim() === "";
  return writtenIn(question).trim() === "" && attachedIn(question).length === 0;
}

/** An empty question of the same form. */
export function emptied(question: Question): Question {
  return typeof question === "string" ? "" : { text: "", files: [] };
}

/** The last question and everything before it, to ask it again; `form` is a question of the form that is wanted. */
export function beforeLastQuestion(
  history: JsonList,
  form: Question,
): { earlier: JsonList; question: Question } | null {
  const index = history.findLastIndex((each) => isMapping(each) && each.role === "user");
  const last = history[index];
  if (!isMapping(last)) return null;
  return { earlier: history.slice(0, index), question: questionOf(last.content ?? "", form) };
}

/** The question that a message's content was; files are named by their runs. */
export function questionOf(content: Json, form: Question): Question {
  const parts = isList(content) ? content : [content];
  const written = parts.filter((part) => typeof part === "string").join("\n\n");
  if (typeof form === "string") return written;
  return { text: written, files: parts.filter(isMapping).flatMap(asAttached) };
}

/** The conversation with the run of each of its files, which is kept there as long as the run is. */
export function withRuns(messages: JsonList, run: string | null): JsonList {
  if (run === null) return messages;
  const named = (part: Json): Json =>
    isMapping(part) && "blob" in part && !("run" in part) ? { ...part, run } : part;
  return messages.map((message) => {
    if (!isMapping(message) || typeof message.content !== "object") return message;
    const { content } = message;
    return { ...message, content: isList(content) ? content.map(named) : named(content) };
  });
}

function contentOf(question: Question): Json {
  if (typeof question === "string") return question;
  const [written, files] = [writtenIn(question), attachedIn(question)];
  if (files.length === 0) return written;
  return [...(written === "" ? [] : [written]), ...files];
}

function writtenIn(question: Question): string {
  return isMapping(question) && typeof question.text === "string" ? question.text : "";
}

function attachedIn(question: Question): JsonList {
  const files = isMapping(question) ? (question.files ?? null) : null;
  return isList(files) ? files : [];
}

function asAttached(part: JsonMapping): JsonList {
  const { file, run, blob, name = null } = part;
  if (typeof file === "string") return [{ file, name }];
  return typeof run === "string" && typeof blob === "string"
    ? [{ file: `${run}/${blob}`, name: name ?? blob }]
    : [];
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
