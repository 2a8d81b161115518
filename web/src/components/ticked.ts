/** Draws names in `backticks`, as messages have them, as code. */
import { html, type TemplateResult } from "lit";

export function drawTicked(text: string): readonly (TemplateResult | string)[] {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`));
}
