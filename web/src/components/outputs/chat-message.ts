/** One message of a conversation: a bubble, or a thought or tool call that can be expanded. */
import { html, nothing, type TemplateResult } from "lit";
import { blobPath } from "../../client/address.ts";
import { json, record, text, whereFitting, type Decode } from "../../contract/decode.ts";
import { asText, writeJson, type Json } from "../../contract/json.ts";
import { blob, readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import "../copy-button.ts";
import "../prose.ts";

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
});

/** What is no message is shown in place of one, so that the others stay. */
export const chatMessage: Decode<ChatMessage> = (value, at) =>
  whereFitting(fittingMessage)(value, at) ?? {
    role: "assistant",
    content: asText(json(value, at)),
    metadata: { title: words.outputs.misfit, status: "pending", duration: null, log: null },
  };

export interface MessageDrawing {
  readonly message: ChatMessage;
  readonly run: string | null;
  /** Whether it is the answer that is being generated. */
  readonly isGrowing: boolean;
}

export function drawMessage({ message, run, isGrowing }: MessageDrawing): TemplateResult {
  const title = message.metadata?.title ?? null;
  if (title !== null) return drawThought(message, title, isGrowing);
  const isMine = message.role === "user";
  return html`<article
    class="message ${isMine ? "mine" : "theirs"}"
    aria-label=${isMine ? words.chat.you : words.chat.answer}
  >
    <div class="bubble ${isGrowing ? "growing" : ""}">${drawContent(message, run, isGrowing)}</div>
    ${isMine || isGrowing || typeof message.content !== "string" ? nothing : copyButton(message.content)}
  </article>`;
}

function drawContent({ role, content }: ChatMessage, run: string | null, isGrowing: boolean): TemplateResult {
  if (typeof content !== "string") return drawPicture(content, run);
  if (role === "user") return html`<div class="said" dir="auto">${content}</div>`;
  if (content === "" && isGrowing)
    return html`<span class="dots" aria-label=${words.chat.thinking}><i></i><i></i><i></i></span>`;
  return html`<gs-prose .text=${content} .streaming=${isGrowing}></gs-prose>`;
}

function drawPicture(content: ChatMessage["content"], run: string | null): TemplateResult {
  const picture = readValue(blob, content);
  if (picture === null) return html`<code>${writeJson(content)}</code>`;
  if (run === null) return html`<span class="gone">${words.chat.pictureGone}</span>`;
  return html`<img
    src=${blobPath(run, picture.blob)}
    alt=${words.chat.picture}
    width=${picture.width ?? nothing}
    height=${picture.height ?? nothing}
  />`;
}

function drawThought(message: ChatMessage, title: string, isGrowing: boolean): TemplateResult {
  const { status, duration, log } = message.metadata ?? { status: null, duration: null, log: null };
  const isOpen = isGrowing || status === "pending";
  const note = [log, typeof duration === "number" ? words.figures.seconds(duration) : duration]
    .filter((part) => part !== null)
    .join(" · ");
  return html`<details class="thought ${isOpen ? "pending" : ""}" ?open=${isOpen}>
    <summary><bdi>${title}</bdi><span class="note figures">${note}</span></summary>
    ${typeof message.content === "string" ? html`<gs-prose .text=${message.content} .streaming=${isGrowing}></gs-prose>` : nothing}
  </details>`;
}

function copyButton(answer: string): TemplateResult {
  return html`<div class="message-tools">
    <gs-copy-button .label=${words.copy.answer} .text=${() => answer}></gs-copy-button>
  </div>`;
}
