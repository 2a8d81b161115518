/** One message of a conversation: a bubble with its buttons, or a thought or tool call that can be expanded. */
import { html, nothing, type TemplateResult } from "lit";
import { json, list, nullable, record, text, whereFitting, type Decode } from "../../contract/decode.ts";
import { asText, type Json } from "../../contract/json.ts";
import { words } from "../../words.ts";
import "../copy-button.ts";
import { icon } from "../icon.ts";
import "../prose.ts";
import { drawContent, textOf } from "./chat-content.ts";
import { suggestion, type Suggestion } from "./chat-keys.ts";
import { drawSuggestions } from "./chat-suggestions.ts";

interface Metadata {
  readonly title: string | null;
  readonly status: string | null;
  /** In seconds, or as the generator has put it. */
  readonly duration: number | string | null;
  readonly log: string | null;
}

export interface ChatMessage {
  readonly role: string;
  readonly content: Json;
  readonly metadata: Metadata | null;
  /** What the visitor can say next at a click. */
  readonly options: readonly Suggestion[] | null;
}

/** What is not text is shown as the text that it can be. */
const wording: Decode<string | null> = (value) =>
  value === undefined || value === null ? null : asText(value as Json);

const metadata: Decode<Metadata> = record<Metadata>({
  title: wording,
  status: wording,
  duration: (value, at) => (typeof value === "number" ? value : wording(value, at)),
  log: wording,
});

const fittingMessage: Decode<ChatMessage> = record<ChatMessage>({
  role: text,
  content: json,
  metadata: whereFitting(metadata),
  options: whereFitting(nullable(list(suggestion))),
});

/** What is no message is shown in place of one, so that the others stay. */
export const chatMessage: Decode<ChatMessage> = (value, at) =>
  whereFitting(fittingMessage)(value, at) ?? {
    role: "assistant",
    content: asText(json(value, at)),
    metadata: { title: words.outputs.misfit, status: "pending", duration: null, log: null },
    options: null,
  };

export interface MessageDrawing {
  readonly message: ChatMessage;
  readonly run: string | null;
  /** Whether it is the answer that is being generated. */
  readonly isGrowing: boolean;
  readonly hasCopy: boolean;
  /** Called to change the visitor's own message; null where that is not offered. */
  readonly edit: (() => void) | null;
  /** Called with an option that was pressed; null where options are not offered. */
  readonly choose: ((words: string) => void) | null;
}

export function drawMessage(drawing: MessageDrawing): TemplateResult {
  const { message, run, isGrowing, choose } = drawing;
  const title = message.metadata?.title ?? null;
  if (title !== null) return drawThought(message, title, run, isGrowing);
  const isMine = message.role === "user";
  return html`<article
      class="message ${isMine ? "mine" : "theirs"}"
      aria-label=${isMine ? words.chat.you : words.chat.answer}
    >
      <div class="bubble ${isGrowing ? "growing" : ""}">
        ${drawContent({ content: message.content, isMine, run, isGrowing })}
      </div>
      ${drawTools(drawing, isMine)}
    </article>
    ${choose === null ? nothing : drawSuggestions(message.options ?? [], choose)}`;
}

function drawTools(
  { message, isGrowing, hasCopy, edit }: MessageDrawing,
  isMine: boolean,
): TemplateResult | typeof nothing {
  const written = textOf(message.content);
  if (isMine)
    return edit === null
      ? nothing
      : html`<div class="message-tools">
          <button
            class="tool"
            type="button"
            title=${words.chat.own.edit}
            aria-label=${words.chat.own.edit}
            @click=${edit}
          >
            ${icon("pencil")}
          </button>
        </div>`;
  return isGrowing || !hasCopy || written === "" ? nothing : copyButton(written);
}

function drawThought(
  message: ChatMessage,
  title: string,
  run: string | null,
  isGrowing: boolean,
): TemplateResult {
  const { status, duration, log } = message.metadata ?? { status: null, duration: null, log: null };
  const isOpen = isGrowing || status === "pending";
  const note = [log, typeof duration === "number" ? words.figures.seconds(duration) : duration]
    .filter((part) => part !== null)
    .join(" · ");
  return html`<details class="thought ${isOpen ? "pending" : ""}" ?open=${isOpen}>
    <summary><bdi>${title}</bdi><span class="note figures">${note}</span></summary>
    ${drawContent({ content: message.content, isMine: false, run, isGrowing: isGrowing && message.content !== "" })}
  </details>`;
}

function copyButton(answer: string): TemplateResult {
  return html`<div class="message-tools">
    <gs-copy-button .label=${words.copy.answer} .text=${() => answer}></gs-copy-button>
  </div>`;
}
