/** Lines above the page for unusual states, such as a lost connection. */
import { html, type TemplateResult } from "lit";

export type BannerTone = "note" | "bad";

export function drawBanner(tone: BannerTone, content: unknown): TemplateResult {
  return html`<div class="banner ${tone}" role="status">${content}</div>`;
}
