/** The catalog: every demo as a tile, found by typing or by tag. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { demoPath } from "../client/address.ts";
import { drawDiagnostics } from "../components/diagnostics.ts";
import { isTyping } from "../components/keys.ts";
import { LightElement } from "../components/light-element.ts";
import { drawPlaceholderPicture } from "../components/placeholder-picture.ts";
import "../components/prose.ts";
import { shownScheme, watchLook } from "../components/theme.ts";
import { drawTicked } from "../components/ticked.ts";
import type { Catalog, Entry } from "../contract/catalog.ts";
import { byFolder, folderTitle, type Folder } from "../state/folders.ts";
import { search, tagCounts } from "../state/search.ts";
import type { Readable, Store } from "../state/store.ts";
import type { Undo } from "../transport/types.ts";
import { words } from "../words.ts";
import { catalogWords } from "./catalog-words.ts";
import { drawEmptyCatalog } from "./empty-catalog.ts";
import "../style/catalog.css";

class CatalogPage extends LightElement {
  static override properties = {
    catalog: { attribute: false },
    query: { state: true },
    tag: { state: true },
  };
  declare catalog: Store<Catalog>;
  declare query: string;
  declare tag: string | null;
  private forgetLook: Undo = () => undefined;

  constructor() {
    super();
    const kept = new URLSearchParams(location.hash.slice(1));
    this.query = kept.get("find") ?? "";
    this.tag = kept.get("tag");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.focusOnSlash);
    this.forgetLook = watchLook(() => {
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.focusOnSlash);
    this.forgetLook();
  }

  protected override watched(): readonly Readable<unknown>[] {
    return [this.catalog];
  }

  override render(): TemplateResult {
    const catalog = this.catalog.value;
    return html`<main>
      <h1 dir="auto">${catalog.title}</h1>
      ${catalog.description === null ? nothing : html`<gs-prose class="lead" .text=${catalog.description}></gs-prose>`}
      ${catalog.diagnostics.length === 0 ? nothing : drawDiagnostics(catalog.diagnostics)}
      ${catalog.demos.length === 0 ? drawEmptyCatalog() : this.demos(catalog)}
      ${catalog.skipped === 0 ? nothing : drawSkipped(catalog.skipped)}
    </main>`;
  }

  private demos({ demos }: Catalog): TemplateResult {
    const tag = demos.some(({ tags }) => this.tag !== null && tags.includes(this.tag)) ? this.tag : null;
    const found = search(demos, this.query, tag);
    return html`<div class="sieve">
        <div class="tags" role="group" aria-label=${catalogWords().tags}>
          ${this.tagButton(null, demos.length, tag)}
          ${tagCounts(demos).map(([name, count]) => this.tagButton(name, count, tag))}
        </div>
        ${this.searchField()}
      </div>
      <p class="visually-hidden" role="status">${catalogWords().found(found.length, demos.length)}</p>
      ${found.length === 0 ? this.noMatch() : nothing}
      ${this.query === "" ? byFolder(found).map(drawFolder) : drawGrid(found, inList)}`;
  }

  private noMatch(): TemplateResult {
    return html`<p class="none">
      ${catalogWords().noMatch}
      <button class="small" type="button" @click=${this.clear}>${catalogWords().showAll}</button>
    </p>`;
  }

  private tagButton(name: string | null, count: number, chosen: string | null): TemplateResult {
    const isOn = name === chosen;
    const press = (): void => {
      this.tag = isOn ? null : name;
      this.keep();
    };
    return html`<button
      class="tag ${isOn ? "on" : ""}"
      type="button"
      aria-pressed=${isOn ? "true" : "false"}
      @click=${press}
    >
      ${name ?? catalogWords().allTags} <span class="figures">${count}</span>
    </button>`;
  }

  private searchField(): TemplateResult {
    return html`<div class="find" role="search">
      <input
        class="field"
        type="search"
        placeholder=${words.finder.find}
        aria-label=${words.finder.find}
        autocomplete="off"
        .value=${this.query}
        @input=${this.typed}
        @keydown=${this.keyed}
      /><kbd aria-hidden="true">/</kbd>
    </div>`;
  }

  private readonly typed = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.keep();
  };

  private readonly keyed = (event: KeyboardEvent): void => {
    if (event.key === "Enter") this.querySelector<HTMLAnchorElement>("a.tile")?.click();
    if (event.key === "Escape") this.clear();
  };

  private readonly clear = (): void => {
    this.query = "";
    this.tag = null;
    this.keep();
  };

  /** Keep the search in the address, for when the visitor comes back. */
  private keep(): void {
    const parameters = new URLSearchParams();
    if (this.query !== "") parameters.set("find", this.query);
    if (this.tag !== null) parameters.set("tag", this.tag);
    const fragment = parameters.size === 0 ? "" : `#${parameters.toString()}`;
    history.replaceState(null, "", location.pathname + location.search + fragment);
  }

  private readonly focusOnSlash = (event: KeyboardEvent): void => {
    if (event.key !== "/" || isTyping(event)) return;
    event.preventDefault();
    this.querySelector<HTMLInputElement>(".find input")?.focus();
  };
}

type Heading = (title: string) => TemplateResult;
const inList: Heading = (title) => html`<h2>${title}</h2>`;
const inFolder: Heading = (title) => html`<h3>${title}</h3>`;

/** What was searched for stands in one list, since the best match comes first in it. */
function drawFolder({ name, demos }: Folder): TemplateResult {
  if (name === "") return drawGrid(demos, inList);
  return html`<section class="folder">
    <h2 dir="auto">${folderTitle(name)}</h2>
    ${drawGrid(demos, inFolder)}
  </section>`;
}

function drawGrid(demos: readonly Entry[], heading: Heading): TemplateResult {
  return html`<ul class="grid">
    ${repeat(
      demos,
      ({ address }) => address,
      (entry) => drawTile(entry, heading),
    )}
  </ul>`;
}

function drawTile(entry: Entry, heading: Heading): TemplateResult {
  const { address, title, description, tags, thumbnail, thumbnail_dark, status, mistake } = entry;
  const dark = shownScheme() === "dark" ? thumbnail_dark : null;
  const isBroken = status === "broken" || mistake !== null;
  return html`<li>
    <a class="card tile ${isBroken ? "broken" : ""}" href=${demoPath(address)}>
      ${
        thumbnail === null
          ? drawPlaceholderPicture(address)
          : html`<img
              class="thumb ${dark === null ? "" : "dark"}"
              src=${dark ?? thumbnail}
              alt=""
              loading="lazy"
              decoding="async"
            />`
      }
      ${heading(title)}
      ${
        isBroken
          ? html`<p class="bad">${mistake ?? catalogWords().mistake}</p>`
          : html`<p>${firstWords(description)}</p>`
      }
      <span class="meta">${tags.map((tag) => html`<span class="tag">${tag}</span>`)}</span>
    </a>
  </li>`;
}

/** A tile is a link, so it shows the first paragraph of a description as plain text. */
function firstWords(description: string | null): string {
  const [paragraph = ""] = (description ?? "").trim().split(/\n\s*\n/);
  return paragraph
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`#>]+/g, "")
    .trim();
}

function drawSkipped(count: number): TemplateResult {
  return html`<p class="skipped">${drawTicked(catalogWords().skipped(count))}</p>`;
}

customElements.define("gs-catalog-page", CatalogPage);
