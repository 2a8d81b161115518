/** The note on what is shown from a recording: when it was made, and a button that runs it for real. */
import { html, type TemplateResult } from "lit";
import type { DemoModel } from "../../state/demo-model.ts";
import type { TrackedRun } from "../../state/tracked-run.ts";
import { words } from "../../words.ts";
import { englishRecorded, type RecordedWords } from "../../words/recorded/en.ts";
import { LightElement } from "../light-element.ts";
import "../../style/recorded.css";

class RecordedNote extends LightElement {
  static override properties = { model: { attribute: false }, tracked: { attribute: false } };
  declare model: DemoModel;
  declare tracked: TrackedRun;

  override render(): TemplateResult {
    const when = new Intl.DateTimeFormat(words.figures.locale, { dateStyle: "medium", timeStyle: "short" });
    const { recordedAt } = this.tracked;
    return html`<p class="recorded">
      ${recordedAt === null ? "" : recordedWords().recorded(when.format(Date.parse(recordedAt)))}
      <button class="small" type="button" @click=${this.run}>${recordedWords().runNow}</button>
    </p>`;
  }

  private readonly run = (): void => {
    const action = this.model.demo.value.actions.find(({ name }) => name === this.tracked.action);
    if (action !== undefined) void this.model.run(action);
  };
}

function recordedWords(): RecordedWords {
  return words.recorded ?? englishRecorded;
}

customElements.define("gs-recorded-note", RecordedNote);
