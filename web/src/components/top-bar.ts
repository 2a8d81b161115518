/** The bar at the top: the current page, and the search for demos. */
import { html, nothing, type TemplateResult } from "lit";
import { stagePath } from "../client/address.ts";
import { leaveNothing } from "../client/signed-out.ts";
import type { Catalog } from "../contract/catalog.ts";
import type { DemoModel } from "../state/demo-model.ts";
import type { Store } from "../state/store.ts";
import { words } from "../words.ts";
import "./find-demo.ts";
import { icon } from "./icon.ts";
import "./scheme-switch.ts";

export function drawTopBar(
  catalog: Store<Catalog>,
  demoTitle: string | null,
  demo: DemoModel | null,
  user: string | null,
): TemplateResult {
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
    ${demo === null ? nothing : drawStageLink(demo)}
    <gs-scheme-switch .catalog=${catalog}></gs-scheme-switch>
    ${user === null ? nothing : drawUser(user)}
  </header>`;
}

/** Who is signed in, and the way out: a form, so that it needs no script of ours. */
function drawUser(user: string): TemplateResult {
  return html`<form class="user" method="post" action="sign-out" @submit=${leaveNothing}>
    <span class="name" dir="auto" title=${words.page.signedIn(user)}>${user}</span>
    <button class="tool" title=${words.page.signOut} aria-label=${words.page.signOut}>
      ${icon("leave")}
    </button>
  </form>`;
}

function drawMark(logo: string | null): TemplateResult {
  return logo === null
    ? html`<span class="mark" aria-hidden="true"></span>`
    : html`<img class="logo" src=${logo} alt="" />`;
}

/** To the demo's page for an audience. The inputs and the run go along, since they stand in the address. */
function drawStageLink(demo: DemoModel): TemplateResult {
  const follow = ({ currentTarget }: Event): void => {
    demo.pageAddress.settle();
    (currentTarget as HTMLAnchorElement).hash = location.hash;
  };
  return html`<a
    class="tool"
    href=${stagePath(demo.demo.value.address)}
    title=${words.demo.toStage}
    @click=${follow}
    >${icon("expand")}</a
  >`;
}
