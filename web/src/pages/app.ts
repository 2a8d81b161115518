/** The frame of every page: the bar at the top, the page itself, the banner and the announcement. */
import { html, nothing, type TemplateResult } from "lit";
import { isTyping } from "../components/keys.ts";
import { drawBanner } from "../components/banner.ts";
import { LightElement } from "../components/light-element.ts";
import { drawTopBar } from "../components/top-bar.ts";
import type { AppModel } from "../state/app-model.ts";
import type { Readable } from "../state/store.ts";
import { words } from "../words.ts";
import "./demo-page.ts";

class App extends LightElement {
  static override properties = { model: { attribute: false } };
  declare model: AppModel;

  protected override watched(): readonly Readable<unknown>[] {
    const { demo, isLost, isIncomplete, catalog } = this.model;
    return [isLost, isIncomplete, catalog, ...(demo === null ? [] : [demo.demo, demo.announcement])];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", listShortcuts);
    // What cannot be loaded is not drawn: the page says that it is not whole.
    void import("../components/neighbours.ts").catch(() => undefined);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", listShortcuts);
  }

  override render(): TemplateResult {
    const { demo, page, catalog, isLost, document, user } = this.model;
    const title = demo?.demo.value.title ?? (document === null ? null : words.page.docs);
    return html`${page === "embed" || page === "stage" ? nothing : drawTopBar(catalog, title, demo, user)}
      ${isLost.value ? html`<div class="float">${drawBanner("note", this.lost())}</div>` : nothing}
      ${this.drawFaults()} ${this.main()}
      <p class="visually-hidden" role="status" aria-live="polite">${demo?.announcement.value ?? ""}</p>`;
  }

  /** What keeps the page from being whole, in words. */
  private faults(): readonly string[] {
    const { missing, isIncomplete } = this.model;
    return [
      ...(missing.length === 0 ? [] : [words.page.tooOld(missing.join(", "))]),
      ...(isIncomplete.value ? [words.page.incomplete] : []),
    ];
  }

  private drawFaults(): TemplateResult | typeof nothing {
    const faults = this.faults();
    if (faults.length === 0) return nothing;
    return html`<div class="faults">${faults.map((fault) => drawBanner("bad", fault))}</div>`;
  }

  private lost(): TemplateResult {
    const press = (): void => {
      this.model.reconnect();
    };
    return html`${words.page.connectionLost}
      <button class="small" type="button" @click=${press}>${words.page.tryNow}</button>`;
  }

  private main(): TemplateResult {
    const { demo, page, catalog, document } = this.model;
    if (document !== null) return html`<gs-docs-page .page=${document}></gs-docs-page>`;
    if (demo === null && page !== "catalog") return drawNotFound(page === "embed");
    if (demo === null) return html`<gs-catalog-page .catalog=${catalog}></gs-catalog-page>`;
    if (page === "stage") return html`<gs-stage-page .model=${demo} .catalog=${catalog}></gs-stage-page>`;
    return html`<gs-demo-page
      .model=${demo}
      .isAlone=${page === "embed"}
      .foot=${html`<gs-neighbours .catalog=${catalog.value} .address=${demo.demo.value.address}></gs-neighbours>`}
    ></gs-demo-page>`;
  }
}

function listShortcuts(event: KeyboardEvent): void {
  if (event.key !== "?" || isTyping(event)) return;
  // What cannot be loaded is not listed: the page says that it is not whole.
  void import("../components/shortcuts.ts").then(
    ({ showShortcuts }) => {
      showShortcuts();
    },
    () => undefined,
  );
}

/** The catalog is not for the frames of other sites. */
function drawNotFound(isEmbedded: boolean): TemplateResult {
  return html`<main>
    <h1>${words.page.notFound}</h1>
    <p class="lead">${words.page.noSuchPage}</p>
    ${isEmbedded ? nothing : html`<p class="lead"><a href="./">${words.page.allDemos}</a></p>`}
  </main>`;
}

customElements.define("gs-app", App);
