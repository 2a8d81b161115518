/** The tabs below a demo: its YAML, its API, its log. */
import { html, type TemplateResult } from "lit";
import type { DemoModel } from "../../state/demo-model.ts";
import type { Readable } from "../../state/store.ts";
import { words } from "../../words.ts";
import { LightElement } from "../light-element.ts";
import "./api-view.ts";
import "./log-view.ts";
import { drawSource } from "./source-view.ts";
import { drawTabList } from "./tab-list.ts";

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
    return html`${drawTabList({
        label: words.tabs.about,
        tabs: this.shown().map((key) => ({ key, id: `tab-${key}`, label: words.tabs.names[key] })),
        chosen: this.current,
        choose: (key) => (this.chosen = key),
        panelOf: () => "tab-panel",
      })}
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
}

customElements.define("gs-demo-tabs", DemoTabs);
