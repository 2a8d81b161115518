import { diagnostic, type Diagnostic } from "./diagnostic.ts";
import { list, nullable, number, oneOf, record, text, type Decode } from "./decode.ts";

/** A demo as the catalog lists it. */
export interface Entry {
  readonly address: string;
  readonly title: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly thumbnail: string | null;
  /** The picture for the dark scheme; null where there is one for both. */
  readonly thumbnail_dark: string | null;
  readonly status: "ready" | "broken";
  readonly mistake: string | null;
}

/** How pages look; addresses are relative to the page's base. */
export interface Theme {
  readonly style: string | null;
  readonly logo: string | null;
  readonly favicon: string | null;
  /** What a page shows until its visitor switches. */
  readonly scheme: "auto" | "light" | "dark";
}

export interface Catalog {
  readonly title: string;
  readonly description: string | null;
  readonly theme: Theme;
  readonly version: number;
  readonly demos: readonly Entry[];
  readonly skipped: number;
  readonly diagnostics: readonly Diagnostic[];
}

const entry: Decode<Entry> = record<Entry>({
  address: text,
  title: text,
  description: nullable(text),
  tags: list(text),
  thumbnail: nullable(text),
  thumbnail_dark: nullable(text),
  status: oneOf<Entry["status"]>("ready", "broken"),
  mistake: nullable(text),
});

export const catalog: Decode<Catalog> = record<Catalog>({
  title: text,
  description: nullable(text),
  theme: record<Theme>({
    style: nullable(text),
    logo: nullable(text),
    favicon: nullable(text),
    scheme: oneOf<Theme["scheme"]>("auto", "light", "dark"),
  }),
  version: number,
  demos: list(entry),
  skipped: number,
  diagnostics: list(diagnostic),
});
