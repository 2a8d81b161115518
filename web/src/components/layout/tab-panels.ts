/** Panels of which a visitor sees the one whose tab is chosen; the others stay in the page, and go on there. */
import { html, type TemplateResult } from "lit";
import type { DemoModel } from "../../state/demo-model.ts";
import type { Readable } from "../../state/store.ts";
import { words } from "../../words.ts";
import { LightElement } from "../light-element.ts";
import { drawTabList } from "../tabs/tab-list.ts";

export interface Panel {
  readonly label: string;
  /** The inputs in it. */
  readonly inputs: readonly string[];
  readonly content: TemplateResult;
}

let count = 0;

class TabPanels extends LightElement {
  static override properties = {
    model: { attribute: false },
    panels: { attribute: false },
    chosen: { state: true },
  };
  declare model: DemoModel;
  declare panels: readonly Panel[];
  declare chosen: number;
  private readonly name = `panels-${count++}`;
  private shownMistakes: unknown;

  constructor() {
    super();
    this.chosen = 0;
  }

  protected override watched(): readonly Readable<unknown>[] {
    return [this.model.mistakes];
  }

  protected override willUpdate(): void {
    const mistakes = this.model.mistakes.value;
    if (mistakes === this.shownMistakes) return;
    this.shownMistakes = mistakes;
    const first = mistakes.isQuiet ? undefined : this.model.firstMistake;
    const place = this.panels.findIndex(({ inputs }) => inputs.some((name) => name === first));
    if (place !== -1) this.chosen = place;
  }

  override render(): TemplateResult {
    const chosen = Math.min(this.chosen, this.panels.length - 1);
    return html`${drawTabList({
      label: words.tabs.parts,
      tabs: this.panels.map(({ label }, key) => ({ key, id: `${this.name}-${key}`, label })),
      chosen,
      choose: (key) => (this.chosen = key),
      panelOf: (id) => `${id}-panel`,
    })}${this.panels.map(
      ({ content }, index) =>
        html`<div
          class="panel"
          role="tabpanel"
          id="${this.name}-${index}-panel"
          aria-labelledby="${this.name}-${index}"
          ?hidden=${index !== chosen}
        >
          ${content}
        </div>`,
    )}`;
  }
}

customElements.define("gs-tab-panels", TabPanels);
