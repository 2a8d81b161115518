/** Quiet lines over the page: what is out of the ordinary, and what is being done about it. */
import { html, type TemplateResult } from "lit";

export type BannerTone = "note" | "bad";

export function drawBanner(tone: BannerTone, content: unknown): TemplateResult {
  return html`<div class="banner ${tone}" role="status">${content}</div>`;
}
