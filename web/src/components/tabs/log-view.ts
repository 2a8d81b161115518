/** Log lines of the runs and of the page, with their times. */
import { html, type TemplateResult } from "lit";
import type { DemoModel } from "../../state/demo-model.ts";
import type { Readable } from "../../state/store.ts";
import { words } from "../../words.ts";
import "../copy-button.ts";
import { LightElement } from "../light-element.ts";
import "../outputs/scroll-box.ts";

const CLOCK = new Intl.DateTimeFormat(words.figures.locale, { timeStyle: "medium" });

class LogView extends LightElement {
  static override properties = { model: { attribute: false } };
  declare model: DemoModel;

  protected override watched(): readonly Readable<unknown>[] {
    return [this.model.log.lines];
  }

  override render(): TemplateResult {
    const lines = this.model.log.lines.value;
    if (lines.length === 0) return html`<p class="none">${words.tabs.nothingLogged}</p>`;
    const asText = (): string =>
      lines.map(({ at, level, text }) => `${at.toISOString()} ${level} ${text}`).join("\n");
    const rows = html`<ol class="log">
      ${lines.map(
        ({ at, level, text }) =>
          html`<li class="log-${level}">
            <time class="figures" datetime=${at.toISOString()}>${CLOCK.format(at)}</time
            ><span class="level">${level}</span><span>${text}</span>
          </li>`,
      )}
    </ol>`;
    return html`<div class="code-head">
        <span>${words.tabs.lines(lines.length)}</span
        ><gs-copy-button .label=${words.copy.log} .text=${asText}></gs-copy-button>
      </div>
      <gs-scroll-box
        class="scroll-log"
        .opensAtEnd=${true}
        .name=${words.tabs.names.log}
        .content=${rows}
      ></gs-scroll-box>`;
  }
}

customElements.define("gs-log-view", LogView);
