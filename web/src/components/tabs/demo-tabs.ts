/** The tabs below a demo: its YAML, its API, its log. */
import { html, nothing, type TemplateResult } from "lit";
import type { DemoModel } from "../../state/demo-model.ts";
import type { Readable } from "../../state/store.ts";
import { words } from "../../words.ts";
import { LightElement } from "../light-element.ts";
import { drawSource } from "./source-view.ts";
import { drawTabList } from "./tab-list.ts";

const TABS = ["yaml", "api", "log"] as const;
type Tab = (typeof TABS)[number];

/** What most visitors never open is loaded when it is chosen. */
const LATER: Partial<Record<Tab, () => Promise<unknown>>> = {
  api: () => import("./api-view.ts"),
  log: () => import("./log-view.ts"),
};

class DemoTabs extends LightElement {
  static override properties = { model: { attribute: false }, chosen: { state: true } };
  declare model: DemoModel;
  declare chosen: Tab;
  private wanted: Tab = "yaml";

  constructor() {
    super();
    this.chosen = "yaml";
  }

  protected override watched(): readonly Readable<unknown>[] {
    return [this.model.demo];
  }

  /** Without the YAML, another panel is open, once it is loaded. */
  protected override updated(): void {
    if (this.current !== this.chosen) void this.choose(this.current);
  }

  override render(): TemplateResult {
    return html`${drawTabList({
        label: words.tabs.about,
        tabs: this.shown().map((key) => ({ key, id: `tab-${key}`, label: words.tabs.names[key] })),
        chosen: this.current,
        choose: (key) => {
          void this.choose(key);
        },
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

  /** The panel before it stays until the chosen one can be drawn. */
  private async choose(tab: Tab): Promise<void> {
    this.wanted = tab;
    await LATER[tab]?.().catch(() => undefined);
    if (this.wanted === tab) this.chosen = tab;
  }

  private panel(): TemplateResult | typeof nothing {
    // An element that is drawn before its module is loaded is connected without its properties.
    if (this.current !== this.chosen) return nothing;
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
