/** A conversation in bubbles; its end stays in view. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Json } from "../../contract/json.ts";
import { conversation, readValue, type ChatMessage } from "../../contract/value.ts";
import { drawMessage } from "./chat-message.ts";

export interface ChatDrawing {
  readonly value: Json;
  readonly run: string | null;
  readonly isActive: boolean;
}

export function drawChat({ value, run, isActive }: ChatDrawing): TemplateResult {
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
