/** A conversation in bubbles, scrolled to its end. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { list } from "../../contract/decode.ts";
import { isList, isMapping, type Json } from "../../contract/json.ts";
import { readValue } from "../../contract/value.ts";
import { warmMarkdown } from "../prose.ts";
import { chatMessage, drawMessage, type ChatMessage } from "./chat-message.ts";
import { inScrollBoxAtEnd } from "./scroll-box.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";
import { countWords } from "./written.ts";

export const CHAT: OutputKind = {
  type: "chat",
  fields: {},
  draw: (drawing) => inScrollBoxAtEnd(drawing.output.label, drawMessages(drawing)),
  describe: ({ value }) => describeAnswer(value),
  isEmpty: (value) => !isList(value) || value.length === 0,
  isContinued: true,
  warm: warmMarkdown,
};

const conversation = list(chatMessage);

function drawMessages({ value, run, isActive }: OutputDrawing): TemplateResult {
  const messages = readValue(conversation, value) ?? [];
  const last = messages.length - 1;
  return html`<div class="messages" role="log" aria-live="off">
    ${repeat(
      messages,
      (_, index) => index,
      (message, index) =>
        drawMessage({ message, run, isGrowing: isActive && index === last && message.role !== "user" }),
    )}
    ${isActive && messages[last]?.role === "user" ? drawMessage({ message: THINKING, run, isGrowing: true }) : nothing}
  </div>`;
}

const THINKING: ChatMessage = { role: "assistant", content: "", metadata: null };

/** The length of the answer; a question is not counted. */
function describeAnswer(value: Json): string {
  const last = isList(value) ? value.at(-1) : undefined;
  if (!isMapping(last) || last.role === "user" || typeof last.content !== "string") return "";
  return countWords(last.content);
}
