import { list, oneOf, record, text, type Decode } from "./decode.ts";

/** What was found in a file; `text` is the rendering that a terminal would show. */
export interface Diagnostic {
  readonly file: string;
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly text: string;
  /** The ways to repair it from the page: empty for all but the developer. */
  readonly fixes: readonly Fix[];
}

/** A change of the file that the server makes on request. */
export interface Fix {
  readonly title: string;
}

export const diagnostic: Decode<Diagnostic> = record<Diagnostic>({
  file: text,
  severity: oneOf<Diagnostic["severity"]>("error", "warning"),
  code: text,
  message: text,
  text,
  fixes: list(record<Fix>({ title: text })),
});
