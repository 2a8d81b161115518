/** Log lines of the runs and of the page, with their times. */
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { DemoModel } from "../../state/demo-model.ts";
import type { LogLine } from "../../state/log.ts";
import type { Readable } from "../../state/store.ts";
import { words } from "../../words.ts";
import { englishLogView, type LogViewWords } from "../../words/log-view/en.ts";
import "../copy-button.ts";
import { LightElement } from "../light-element.ts";
import "../outputs/scroll-box.ts";

/** Elements for a thousand lines take longer than a frame, and nobody reads so far back here. */
const MOST_DRAWN = 200;

/** A longer line is drawn up to here. */
const MOST_CHARACTERS = 2_000;

class LogView extends LightElement {
  static override properties = { model: { attribute: false } };
  declare model: DemoModel;

  protected override watched(): readonly Readable<unknown>[] {
    return [this.model.log.lines];
  }

  override render(): TemplateResult {
    const lines = this.model.log.lines.value;
    if (lines.length === 0) return html`<p class="none">${logViewWords().nothingLogged}</p>`;
    const asText = (): string =>
      lines.map(({ at, level, text }) => `${at.toISOString()} ${level} ${text}`).join("\n");
    const drawn = lines.slice(-MOST_DRAWN);
    const clock = new Intl.DateTimeFormat(words.figures.locale, { timeStyle: "medium" });
    const rows = html`<ol class="log">
      ${repeat(
        drawn,
        ({ id }) => id,
        (line) => drawLine(line, clock),
      )}
    </ol>`;
    const head =
      drawn.length < lines.length
        ? logViewWords().lastLines(drawn.length, lines.length)
        : logViewWords().lines(lines.length);
    return html`<div class="code-head">
        <span>${head}</span><gs-copy-button .label=${words.copy.log} .text=${asText}></gs-copy-button>
      </div>
      <gs-scroll-box
        class="scroll-log"
        .opensAtEnd=${true}
        .name=${words.tabs.names.log}
        .content=${rows}
      ></gs-scroll-box>`;
  }
}

function drawLine({ at, level, text }: LogLine, clock: Intl.DateTimeFormat): TemplateResult {
  return html`<li class="log-${level}">
    <time class="figures" datetime=${at.toISOString()}>${clock.format(at)}</time
    ><span class="level">${level}</span><span>${cut(text)}</span>
  </li>`;
}

function cut(text: string): string {
  const more = text.length - MOST_CHARACTERS;
  return more > 0 ? text.slice(0, MOST_CHARACTERS) + logViewWords().cutLine(more) : text;
}

function logViewWords(): LogViewWords {
  return words.logView ?? englishLogView;
}

customElements.define("gs-log-view", LogView);
