import { catalog, type Catalog } from "./catalog.ts";
import type { Demo } from "./demo.ts";
import { document, type Document } from "./document.ts";
import { nullable, number, oneOf, record, text, type Decode } from "./decode.ts";

/** What the server puts into the HTML, so that the first drawing needs no further request. */
export interface Boot {
  readonly page: "catalog" | "demo" | "embed" | "stage" | "docs";
  /** How often the server sends a sign of life. */
  readonly heartbeat_s: number;
  readonly catalog: Catalog;
  readonly demo: Demo | null;
  /** The name of who is signed in. */
  readonly user: string | null;
  readonly document: Document | null;
}

export function bootDecoder(demo: Decode<Demo>): Decode<Boot> {
  return record<Boot>({
    page: oneOf<Boot["page"]>("catalog", "demo", "embed", "stage", "docs"),
    heartbeat_s: number,
    catalog,
    demo: nullable(demo),
    user: nullable(text),
    document: nullable(document),
  });
}
