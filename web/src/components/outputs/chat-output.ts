/** A conversation in bubbles, scrolled to its end. */
import { html } from "lit";
import { isList, isMapping, type Json } from "../../contract/json.ts";
import "../composer.ts";
import { warmMarkdown } from "../prose.ts";
import { textOf } from "./chat-content.ts";
import { CHAT_FIELDS, type ChatOutput } from "./chat-keys.ts";
import "./chat-messages.ts";
import { inScrollBoxAtEnd } from "./scroll-box.ts";
import type { OutputKind } from "./types.ts";
import { countWords } from "./written.ts";
import "../../style/chat.css";

export const KIND: OutputKind<ChatOutput> = {
  type: "chat",
  fields: CHAT_FIELDS,
  fits: isList,
  draw: ({ output, value, run, isActive, picture }) =>
    inScrollBoxAtEnd(
      output.label,
      html`<gs-messages
        .value=${value}
        .run=${run}
        .isActive=${isActive}
        .keys=${output}
        .picture=${picture}
      ></gs-messages>`,
    ),
  describe: ({ value }) => describeAnswer(value),
  isEmpty: (value) => value === null || (isList(value) && value.length === 0),
  isContinued: true,
  warm: warmMarkdown,
};

/** The length of the answer; a question is not counted. */
function describeAnswer(value: Json): string {
  const last = isList(value) ? value.at(-1) : undefined;
  if (!isMapping(last) || last.role === "user") return "";
  return countWords(textOf(last.content ?? ""));
}
