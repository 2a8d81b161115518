/** How to call this demo from a program, with the current inputs. */
import { html, nothing, type TemplateResult } from "lit";
import { absolute } from "../../client/address.ts";
import type { Action } from "../../contract/demo.ts";
import { apiCall, apiExamples } from "../../state/api-examples.ts";
import type { DemoModel } from "../../state/demo-model.ts";
import type { Readable } from "../../state/store.ts";
import { words } from "../../words.ts";
import "../copy-button.ts";
import { LightElement } from "../light-element.ts";

class ApiView extends LightElement {
  static override properties = { model: { attribute: false }, actionName: { state: true } };
  declare model: DemoModel;
  declare actionName: string;

  constructor() {
    super();
    this.actionName = "";
  }

  protected override watched(): readonly Readable<unknown>[] {
    return [this.model.values, this.model.demo];
  }

  override render(): TemplateResult {
    const demo = this.model.demo.value;
    const action = demo.actions.find(({ name }) => name === this.actionName) ?? demo.actions[0];
    if (action === undefined) return html`<p class="none">${words.tabs.nothingToCall}</p>`;
    const examples = apiExamples(apiCall(absolute("./"), demo, action, this.model.values.value));
    return html`${demo.actions.length > 1 ? this.chooser(demo.actions, action) : nothing}
    ${examples.map(
      ({ language, code }) =>
        html`<div class="code-head">
            <span>${language}</span
            ><gs-copy-button .label=${words.copy.named(language)} .text=${() => code}></gs-copy-button>
          </div>
          <pre tabindex="0">${code}</pre>`,
    )}`;
  }

  private chooser(actions: readonly Action[], chosen: Action): TemplateResult {
    return html`<label class="chooser"
      >${words.tabs.action}
      <select
        class="field"
        @change=${(event: Event) => (this.actionName = (event.target as HTMLSelectElement).value)}
      >
        ${actions.map(({ name }) => html`<option value=${name} ?selected=${name === chosen.name}>${name}</option>`)}
      </select></label
    >`;
  }
}

customElements.define("gs-api-view", ApiView);
