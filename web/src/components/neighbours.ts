/** The demos before and after this one in the catalog, for those who go through them in a row. */
import { html, nothing, type TemplateResult } from "lit";
import { demoPath } from "../client/address.ts";
import type { Catalog, Entry } from "../contract/catalog.ts";
import { byFolder } from "../state/folders.ts";
import { words } from "../words.ts";

/** Links to both; nothing for a demo that the catalog does not list, or that is alone in it. */
export function drawNeighbours(catalog: Catalog, address: string): TemplateResult | typeof nothing {
  const demos = byFolder(catalog.demos).flatMap((folder) => folder.demos);
  const at = demos.findIndex((demo) => demo.address === address);
  if (at === -1 || demos.length === 1) return nothing;
  const [previous, next] = [demos[at - 1], demos[at + 1]];
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
