/** The demos before and after this one in the catalog, for those who go through them in a row. */
import { html, nothing, type TemplateResult } from "lit";
import { demoPath } from "../client/address.ts";
import type { Catalog, Entry } from "../contract/catalog.ts";
import { byFolder } from "../state/folders.ts";
import { words } from "../words.ts";
import { LightElement } from "./light-element.ts";

export interface Neighbours {
  readonly previous: Entry | undefined;
  readonly next: Entry | undefined;
}

/** Those of a demo; none for one that the catalog does not list. */
export function neighboursOf(catalog: Catalog, address: string): Neighbours {
  const demos = byFolder(catalog.demos).flatMap((folder) => folder.demos);
  const at = demos.findIndex((demo) => demo.address === address);
  return at === -1
    ? { previous: undefined, next: undefined }
    : { previous: demos[at - 1], next: demos[at + 1] };
}

/** Links to both; nothing for a demo that has none. */
export function drawNeighbours(catalog: Catalog, address: string): TemplateResult | typeof nothing {
  const { previous, next } = neighboursOf(catalog, address);
  if (previous === undefined && next === undefined) return nothing;
  return html`<nav class="neighbours" aria-label=${words.demo.others}>
    ${drawLink(previous, "prev", words.demo.previous)} ${drawLink(next, "next", words.demo.next)}
  </nav>`;
}

/** Without a demo an empty place, which keeps the other link at its side. */
function drawLink(
  demo: Entry | undefined,
  direction: "prev" | "next",
  named: (title: string) => string,
): TemplateResult {
  if (demo === undefined) return html`<span></span>`;
  return html`<a rel=${direction} href=${demoPath(demo.address)}><bdi>${named(demo.title)}</bdi></a>`;
}

/** Both links at the end of a demo's page, which is loaded once the demo is there. */
class NeighbourLinks extends LightElement {
  static override properties = { catalog: { attribute: false }, address: { attribute: false } };
  declare catalog: Catalog;
  declare address: string;

  override render(): TemplateResult | typeof nothing {
    return drawNeighbours(this.catalog, this.address);
  }
}

customElements.define("gs-neighbours", NeighbourLinks);
