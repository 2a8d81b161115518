/** The bar at the top: the current page, and the search for demos. */
import { html, nothing, type TemplateResult } from "lit";
import type { Catalog } from "../contract/catalog.ts";
import type { Store } from "../state/store.ts";
import "./find-demo.ts";
import "./scheme-switch.ts";

export function drawTopBar(catalog: Store<Catalog>, demoTitle: string | null): TemplateResult {
  return html`<header class="bar">
    <a class="home" href="./">${drawMark(catalog.value.theme.logo)}<span>${catalog.value.title}</span></a>
    ${
      demoTitle === null
        ? nothing
        : html`<span class="sep" aria-hidden="true">/</span
            ><span class="here" aria-current="page">${demoTitle}</span>`
    }
    <span class="grow"></span>
    ${demoTitle === null ? nothing : html`<gs-find-demo .catalog=${catalog}></gs-find-demo>`}
    <gs-scheme-switch .catalog=${catalog}></gs-scheme-switch>
  </header>`;
}

function drawMark(logo: string | null): TemplateResult {
  return logo === null
    ? html`<span class="mark" aria-hidden="true"></span>`
    : html`<img class="logo" src=${logo} alt="" />`;
}
