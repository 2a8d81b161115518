import { nullable, number, oneOf, otherwise, record, text, type Decode } from "./decode.ts";

/** A mistake in a file, with the rendering that a terminal would show. */
export interface Diagnostic {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly severity: "error" | "warning" | "note";
  readonly code: string;
  readonly message: string;
  readonly expected: string | null;
  readonly found: string | null;
  readonly repair: string | null;
  readonly text: string | null;
}

const severity = oneOf<Diagnostic["severity"]>("error", "warning", "note");

export const diagnostic: Decode<Diagnostic> = record<Diagnostic>({
  file: otherwise(text, ""),
  line: nullable(number),
  column: nullable(number),
  severity: (value, at) => (["error", "warning"].includes(String(value)) ? severity(value, at) : "note"),
  code: otherwise(text, ""),
  message: text,
  expected: nullable(text),
  found: nullable(text),
  repair: nullable(text),
  text: nullable(text),
});
