/** The keys of a chat output, and what its messages ask of the page. */
import { flag, list, nullable, record, text, type Decode, type Fields } from "../../contract/decode.ts";
import { asText, isMapping, type Json } from "../../contract/json.ts";
import type { Output } from "../../contract/output.ts";

/** What a visitor can say at a click. */
export interface Suggestion {
  readonly value: string;
  readonly label: string;
}

export interface ChatKeys {
  readonly suggestions: readonly Suggestion[];
  readonly copy: boolean;
  readonly retry: boolean;
  readonly undo: boolean;
  readonly edit: boolean;
  /** The action that is told which answers the visitor likes; null where that is not asked. */
  readonly like: string | null;
  readonly avatars: Avatars | null;
}

/** Pictures beside messages: paths from the catalog's root on, by who speaks. */
export interface Avatars {
  readonly user: string | null;
  readonly assistant: string | null;
}

export type ChatOutput = Output & ChatKeys;

export const suggestion: Decode<Suggestion> = (value) => {
  const given = isMapping(value) ? value : { value: value as Json };
  const sent = asText(given.value ?? "");
  return { value: sent, label: asText(given.label ?? sent) };
};

const suggestions: Decode<readonly Suggestion[]> = (value, at) => nullable(list(suggestion))(value, at) ?? [];

export const CHAT_FIELDS: Fields<ChatKeys> = {
  suggestions,
  copy: flag,
  retry: flag,
  undo: flag,
  edit: flag,
  like: nullable(text),
  avatars: nullable(record<Avatars>({ user: nullable(text), assistant: nullable(text) })),
};

/** Whether these are the keys of a chat. */
export function isChat(output: Output | undefined): output is ChatOutput {
  return output !== undefined && "suggestions" in output;
}

/** A visitor likes (true) or dislikes a message, or has taken that back (null). */
export type LikeEvent = CustomEvent<{ readonly index: number; readonly liked: boolean | null }>;

export function tellLiked(from: EventTarget, index: number, liked: boolean | null): void {
  from.dispatchEvent(new CustomEvent("gs-like", { detail: { index, liked }, bubbles: true }));
}

/** A suggestion was pressed, or a message was changed; `index` is which one. */
export type ChatEvent = CustomEvent<{ readonly words: string; readonly index: number | null }>;
export const CHAT_EVENT = "gs-chat";

export function tellPage(from: EventTarget, words: string, index: number | null): void {
  from.dispatchEvent(new CustomEvent(CHAT_EVENT, { detail: { words, index }, bubbles: true }));
}
