/** A demo before an audience: large, alone, with the keys of a presenter for its runs and for the next demo. */
import { html, nothing, type TemplateResult } from "lit";
import { demoPath, stagePath } from "../client/address.ts";
import { canFillScreen, turnFullScreen } from "../components/full-screen.ts";
import { icon } from "../components/icon.ts";
import { isTyping } from "../components/keys.ts";
import { LightElement } from "../components/light-element.ts";
import { neighboursOf } from "../components/neighbours.ts";
import { shortcutWords } from "../components/shortcut-words.ts";
import type { Catalog, Entry } from "../contract/catalog.ts";
import type { DemoModel } from "../state/demo-model.ts";
import type { Readable, Store } from "../state/store.ts";
import { words } from "../words.ts";
import "./demo-page.ts";
import "../style/stage.css";

class StagePage extends LightElement {
  static override properties = { model: { attribute: false }, catalog: { attribute: false } };
  declare model: DemoModel;
  declare catalog: Store<Catalog>;

  protected override watched(): readonly Readable<unknown>[] {
    return [this.catalog, this.model.demo];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.documentElement.classList.add("on-stage");
    document.addEventListener("keydown", this.keyed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.documentElement.classList.remove("on-stage");
    document.removeEventListener("keydown", this.keyed);
  }

  override render(): TemplateResult {
    const { title, address } = this.model.demo.value;
    const { previous, next } = neighboursOf(this.catalog.value, address);
    return html`<h1 class="stage-title" dir="auto">${title}</h1>
      <gs-demo-page .model=${this.model} .isAlone=${true}></gs-demo-page>
      <nav class="stage-bar" aria-label=${words.demo.others}>
        ${drawStep(previous, "prev", words.demo.previous)}
        <span class="grow"></span>
        ${canFillScreen(document.documentElement) ? drawFill() : nothing}
        <a class="small" href=${demoPath(address)} @click=${this.takeAlong}
          >${shortcutWords().leave} <kbd dir="ltr">Esc</kbd></a
        >
        <span class="grow"></span>
        ${drawStep(next, "next", words.demo.next)}
      </nav>`;
  }

  private readonly keyed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    // Remote controls of talks send Page Down and Page Up, wherever the focus is.
    const direction = DIRECTIONS[event.key];
    if (direction !== undefined && (event.key.startsWith("Page") || !moves(event))) {
      const link = this.querySelector<HTMLAnchorElement>(`.stage-bar a[rel="${direction}"]`);
      if (link === null) return;
      event.preventDefault();
      link.click();
    } else if (event.key === "Escape") this.leave();
    else if (event.key.toLowerCase() === "f" && !isTyping(event)) fillScreen();
  };

  /** The inputs and the run go along, since they stand in the address. */
  private readonly takeAlong = ({ currentTarget }: Event): void => {
    this.model.pageAddress.settle();
    (currentTarget as HTMLAnchorElement).hash = location.hash;
  };

  /** What runs is stopped first. */
  private leave(): void {
    const { actions } = this.model.demo.value;
    const running = actions.find(({ name }) => this.model.runner.isActive(name));
    if (running !== undefined) this.model.stop(running.name);
    else this.querySelector<HTMLAnchorElement>(`.stage-bar a:not([rel])`)?.click();
  }
}

const DIRECTIONS: Readonly<Record<string, "prev" | "next" | undefined>> = {
  ArrowLeft: "prev",
  ArrowRight: "next",
  PageDown: "next",
  PageUp: "prev",
};

/** Whether the key moves something where the focus is: a word, a slider, a tab, a picture's place. */
function moves(event: KeyboardEvent): boolean {
  return isTyping(event) || (event.target instanceof HTMLElement && event.target !== document.body);
}

function drawStep(
  demo: Entry | undefined,
  direction: "prev" | "next",
  named: (title: string) => string,
): TemplateResult {
  if (demo === undefined) return html`<span></span>`;
  return html`<a rel=${direction} href=${stagePath(demo.address)}><bdi>${named(demo.title)}</bdi></a>`;
}

function drawFill(): TemplateResult {
  return html`<button class="small" type="button" @click=${fillScreen}>
    ${icon("expand")} ${words.demo.fullScreen} <kbd dir="ltr">F</kbd>
  </button>`;
}

function fillScreen(): void {
  if (canFillScreen(document.documentElement)) void turnFullScreen(document.documentElement);
}

customElements.define("gs-stage-page", StagePage);
