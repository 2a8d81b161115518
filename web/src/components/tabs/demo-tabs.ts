/** The tabs below a demo: its YAML, its API, its log. */
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { DemoModel } from "../../state/demo-model.ts";
import type { Readable } from "../../state/store.ts";
import { words } from "../../words.ts";
import { LightElement } from "../light-element.ts";
import "./api-view.ts";
import "./log-view.ts";
import { drawSource } from "./source-view.ts";

const TABS = ["yaml", "api", "log"] as const;
type Tab = (typeof TABS)[number];

class DemoTabs extends LightElement {
  static override properties = { model: { attribute: false }, chosen: { state: true } };
  declare model: DemoModel;
  declare chosen: Tab;

  constructor() {
    super();
    this.chosen = "yaml";
  }

  protected override watched(): readonly Readable<unknown>[] {
    return [this.model.demo];
  }

  override render(): TemplateResult {
    const tabs = this.shown();
    return html`<div class="tabs" role="tablist" aria-label=${words.tabs.about} @keydown=${this.keyed}>
        ${repeat(
          tabs,
          (tab) => tab,
          (tab) => this.tab(tab),
        )}
      </div>
      <div class="card tab-panel" role="tabpanel" id="tab-panel" aria-labelledby="tab-${this.current}">
        ${this.panel()}
      </div>`;
  }

  /** The server may keep a demo's YAML back. */
  private shown(): readonly Tab[] {
    return this.model.demo.value.source === "" ? TABS.filter((tab) => tab !== "yaml") : TABS;
  }

  private get current(): Tab {
    const tabs = this.shown();
    return tabs.includes(this.chosen) ? this.chosen : (tabs[0] ?? this.chosen);
  }

  private tab(tab: Tab): TemplateResult {
    const isChosen = tab === this.current;
    return html`<button
      class="tab"
      type="button"
      role="tab"
      id="tab-${tab}"
      aria-controls="tab-panel"
      aria-selected=${isChosen ? "true" : "false"}
      tabindex=${isChosen ? 0 : -1}
      @click=${() => (this.chosen = tab)}
    >
      ${words.tabs.names[tab]}
    </button>`;
  }

  private panel(): TemplateResult {
    switch (this.current) {
      case "yaml":
        return drawSource(this.model.demo.value);
      case "api":
        return html`<gs-api-view .model=${this.model}></gs-api-view>`;
      case "log":
        return html`<gs-log-view .model=${this.model}></gs-log-view>`;
    }
  }

  private readonly keyed = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const tabs = this.shown();
    const next = tabs[(tabs.indexOf(this.current) + step + tabs.length) % tabs.length] ?? this.current;
    this.chosen = next;
    this.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
}

customElements.define("gs-demo-tabs", DemoTabs);
