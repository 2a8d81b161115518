/** One message of a conversation: a bubble with its buttons, or a thought or tool call that can be expanded. */
import { html, nothing, type TemplateResult } from "lit";
import { json, list, nullable, record, text, whereFitting, type Decode } from "../../contract/decode.ts";
import { asText, type Json } from "../../contract/json.ts";
import { words } from "../../words.ts";
import { chatWords } from "../chat-words.ts";
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
  readonly id: string | null;
  readonly parent_id: string | null;
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
  id: wording,
  parent_id: wording,
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
    metadata: {
      title: words.outputs.misfit,
      status: "pending",
      duration: null,
      log: null,
      id: null,
      parent_id: null,
    },
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
  readonly fold: Fold | null;
  readonly opinion: Opinion | null;
  /** The address of the picture beside it. */
  readonly avatar: string | null;
}

/** What the visitor thinks of an answer: true, false, or null for nothing. */
export interface Opinion {
  readonly liked: boolean | null;
  readonly say: (liked: boolean | null) => void;
}

/** What a thought has inside, and whether it is open. */
export interface Fold {
  readonly inside: readonly TemplateResult[];
  readonly isOpen: boolean;
  /** Called when the visitor opens or closes it. */
  readonly turned: (isOpen: boolean) => void;
}

export function drawMessage(drawing: MessageDrawing): TemplateResult {
  const { message, run, isGrowing, choose, avatar } = drawing;
  const title = message.metadata?.title ?? null;
  if (title !== null) return drawThought(drawing, title);
  const isMine = message.role === "user";
  return html`<article
      class="message ${isMine ? "mine" : "theirs"} ${avatar === null ? "" : "pictured"}"
      aria-label=${isMine ? chatWords().you : chatWords().answer}
    >
      ${avatar === null ? nothing : html`<img class="avatar" src=${avatar} alt="" />`}
      <div class="bubble ${isGrowing ? "growing" : ""}">
        ${drawContent({ content: message.content, isMine, run, isGrowing })}
      </div>
      ${drawTools(drawing, isMine)}
    </article>
    ${choose === null ? nothing : drawSuggestions(message.options ?? [], choose)}`;
}

function drawTools(
  { message, isGrowing, hasCopy, edit, opinion }: MessageDrawing,
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
            title=${chatWords().own.edit}
            aria-label=${chatWords().own.edit}
            @click=${edit}
          >
            ${icon("pencil")}
          </button>
        </div>`;
  if (isGrowing) return nothing;
  const copy = hasCopy && written !== "" ? copyButton(written) : nothing;
  if (copy === nothing && opinion === null) return nothing;
  return html`<div class="message-tools ${(opinion?.liked ?? null) === null ? "" : "kept"}">
    ${copy}${opinion === null ? nothing : drawOpinion(opinion)}
  </div>`;
}

function drawOpinion({ liked, say }: Opinion): TemplateResult {
  const button = (opinion: boolean, label: string): TemplateResult =>
    html`<button
      class="tool"
      type="button"
      title=${label}
      aria-label=${label}
      aria-pressed=${String(liked === opinion)}
      @click=${() => {
        say(liked === opinion ? null : opinion);
      }}
    >
      ${icon(opinion ? "thumbUp" : "thumbDown")}
    </button>`;
  return html`${button(true, chatWords().like)}${button(false, chatWords().dislike)}`;
}

function drawThought({ message, run, isGrowing, fold }: MessageDrawing, title: string): TemplateResult {
  const { status, duration, log } = message.metadata ?? { status: null, duration: null, log: null };
  const note = [log, typeof duration === "number" ? words.figures.seconds(duration) : duration]
    .filter((part) => part !== null)
    .join(" · ");
  const { inside, isOpen, turned } = fold ?? { inside: [], isOpen: false, turned: () => undefined };
  const isPending = isGrowing || status === "pending";
  const turn = (event: Event): void => {
    turned(!(event.currentTarget as HTMLElement).closest("details")?.open);
  };
  const content = message.content === "" && inside.length > 0 ? nothing : drawInside(message, run, isGrowing);
  return html`<details class="thought ${isPending ? "pending" : ""}" ?open=${isOpen}>
    <summary @click=${turn}><bdi>${title}</bdi><span class="note figures">${note}</span></summary>
    ${content} ${inside}
  </details>`;
}

function drawInside({ content }: ChatMessage, run: string | null, isGrowing: boolean): TemplateResult {
  return drawContent({ content, isMine: false, run, isGrowing: isGrowing && content !== "" });
}

function copyButton(answer: string): TemplateResult {
  return html`<gs-copy-button .label=${words.copy.answer} .text=${() => answer}></gs-copy-button>`;
}
