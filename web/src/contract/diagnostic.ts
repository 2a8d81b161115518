import { oneOf, record, text, type Decode } from "./decode.ts";

/** What was found in a file; `text` is the rendering that a terminal would show. */
export interface Diagnostic {
  readonly file: string;
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly text: string;
}

export const diagnostic: Decode<Diagnostic> = record<Diagnostic>({
  file: text,
  severity: oneOf<Diagnostic["severity"]>("error", "warning"),
  code: text,
  message: text,
  text,
});
