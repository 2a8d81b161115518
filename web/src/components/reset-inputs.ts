/** A button that gives inputs their defaults again; it can be pressed while any has another value. */
import { html, type TemplateResult } from "lit";
import type { Input } from "../contract/input.ts";
import { member, sameJson } from "../contract/json.ts";
import type { DemoModel } from "../state/demo-model.ts";
import type { Readable } from "../state/store.ts";
import { words } from "../words.ts";
import { icon } from "./icon.ts";
import { LightElement } from "./light-element.ts";

class ResetInputs extends LightElement {
  static override properties = { model: { attribute: false }, inputs: { attribute: false } };
  declare model: DemoModel;
  declare inputs: readonly Input[];

  protected override watched(): readonly Readable<unknown>[] {
    return [this.model.values];
  }

  private get isChanged(): boolean {
    const values = this.model.values.value;
    return this.inputs.some((each) => !sameJson(each.default, member(values, each.name)));
  }

  override render(): TemplateResult {
    const reset = (): void => {
      // Asked anew: a change may not have been drawn yet.
      if (this.isChanged) this.model.reset(this.inputs);
    };
    // Not `disabled`: a button that is disabled while it has the focus loses it.
    return html`<button
      class="small"
      type="button"
      aria-disabled=${this.isChanged ? "false" : "true"}
      @click=${reset}
    >
      ${icon("again")} ${words.inputs.reset}
    </button>`;
  }
}

customElements.define("gs-reset-inputs", ResetInputs);
