/** A search field for demos: `/` focuses it, arrow keys select, Enter opens. */
import { html, nothing, type TemplateResult } from "lit";
import { demoPath } from "../client/address.ts";
import type { Catalog, Entry } from "../contract/catalog.ts";
import { search } from "../state/search.ts";
import type { Store } from "../state/store.ts";
import { words } from "../words.ts";
import { isTyping } from "./keys.ts";
import { LightElement } from "./light-element.ts";

const MOST_SHOWN = 8;

class FindDemo extends LightElement {
  static override properties = {
    catalog: { attribute: false },
    query: { state: true },
    isOpen: { state: true },
    chosen: { state: true },
  };
  declare catalog: Store<Catalog>;
  declare query: string;
  declare isOpen: boolean;
  declare chosen: number;

  constructor() {
    super();
    this.query = "";
    this.isOpen = false;
    this.chosen = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.focusOnSlash);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.focusOnSlash);
  }

  override render(): TemplateResult {
    const found = this.found();
    return html`<div class="find" role="search">
      <input
        class="field"
        type="search"
        role="combobox"
        placeholder=${words.finder.find}
        aria-label=${words.finder.find}
        aria-expanded=${this.isOpen ? "true" : "false"}
        aria-controls="find-list"
        aria-autocomplete="list"
        aria-activedescendant=${this.isOpen && found.length > 0 ? `find-${this.chosen}` : nothing}
        autocomplete="off"
        .value=${this.query}
        @input=${this.typed}
        @focus=${() => (this.isOpen = true)}
        @blur=${() => (this.isOpen = false)}
        @keydown=${this.keyed}
      />
      <kbd aria-hidden="true">/</kbd>
      ${this.isOpen ? this.list(found) : nothing}
    </div>`;
  }

  private found(): readonly Entry[] {
    return search(this.catalog.value.demos, this.query, null).slice(0, MOST_SHOWN);
  }

  private list(found: readonly Entry[]): TemplateResult {
    return html`<ul class="find-list" id="find-list" role="listbox" aria-label=${words.finder.demos}>
      ${found.map(
        ({ address, title, status }, index) =>
          html`<li
            id="find-${index}"
            role="option"
            aria-selected=${index === this.chosen ? "true" : "false"}
            @pointerdown=${(event: Event) => {
              event.preventDefault();
              go(address);
            }}
          >
            <span>${title}</span
            >${status === "broken" ? html`<small class="bad">${words.finder.broken}</small>` : nothing}
          </li>`,
      )}
      ${found.length === 0 ? html`<li class="none">${words.finder.noSuchDemo}</li>` : nothing}
    </ul>`;
  }

  private readonly typed = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.chosen = 0;
    this.isOpen = true;
  };

  private readonly keyed = (event: KeyboardEvent): void => {
    const found = this.found();
    if (event.key === "Escape") (event.target as HTMLElement).blur();
    else if (event.key === "Enter") go(found[this.chosen]?.address);
    else if (event.key === "ArrowDown") this.choose(event, Math.min(found.length - 1, this.chosen + 1));
    else if (event.key === "ArrowUp") this.choose(event, Math.max(0, this.chosen - 1));
  };

  private choose(event: Event, index: number): void {
    event.preventDefault();
    this.chosen = index;
  }

  private readonly focusOnSlash = (event: KeyboardEvent): void => {
    if (event.key !== "/" || isTyping(event)) return;
    event.preventDefault();
    this.querySelector("input")?.focus();
  };
}

function go(address: string | undefined): void {
  if (address !== undefined) location.assign(new URL(demoPath(address), document.baseURI));
}

customElements.define("gs-find-demo", FindDemo);
