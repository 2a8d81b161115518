/**
 * Loads what a page needs beside the parts that all pages have, before anything is drawn: nothing moves when it comes.
 *
 *     described, as the server sends it --load--> kinds and components are there --decode, draw-->
 */
import { INPUT_KINDS } from "../components/inputs/kinds.ts";
import { OUTPUT_KINDS } from "../components/outputs/kinds.ts";
import { typeOf } from "../contract/decode.ts";
import { isList, isMapping, type Json } from "../contract/json.ts";

/** Load the kinds of a demo's components, and what arranges them if the demo says how. */
export async function loadDemo(described: Json): Promise<void> {
  if (!isMapping(described)) return;
  const { inputs, outputs, editors, layout, diagnostics, notice = null } = described;
  await Promise.all([
    INPUT_KINDS.load([...typesIn(inputs), ...typesIn(editors)]),
    OUTPUT_KINDS.load(typesIn(outputs)),
    isList(layout) && layout.length > 0 ? loaded(import("../components/layout/layout-view.ts")) : null,
    (isList(diagnostics) && diagnostics.length > 0) || notice !== null
      ? loaded(import("../components/findings.ts"))
      : null,
  ]);
}

/** Load what the page shows: a demo, a document, or else the catalog. */
export async function loadPage(described: Json): Promise<void> {
  const { demo = null, document = null, page = null } = isMapping(described) ? described : {};
  if (page === "stage") await loaded(import("./stage-page.ts"));
  if (document !== null) await loaded(import("./docs-page.ts"));
  else if (demo === null) await loaded(import("./catalog-page.ts"));
  else await loadDemo(demo);
}

function typesIn(components: Json | undefined): readonly string[] {
  return isList(components) ? components.map(typeOf) : [];
}

/** What cannot be loaded is not drawn: the page says so, and shows the rest. */
async function loaded(part: Promise<unknown>): Promise<void> {
  await part.catch(() => undefined);
}
