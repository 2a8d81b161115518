/** What a visitor can say at a click, as chips. */
import { html, nothing, type TemplateResult } from "lit";
import { chatWords } from "../chat-words.ts";
import type { Suggestion } from "./chat-keys.ts";

export function drawSuggestions(
  all: readonly Suggestion[],
  choose: (words: string) => void,
): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`<div class="chips options" role="group" aria-label=${chatWords().own.options}>
    ${all.map(
      ({ value, label }) =>
        html`<button
          class="chip"
          type="button"
          dir="auto"
          title=${value}
          @click=${() => {
            choose(value);
          }}
        >
          ${label}
        </button>`,
    )}
  </div>`;
}
