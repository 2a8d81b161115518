import type { TemplateResult } from "lit";
import { json, nullable, number, otherwise, text } from "../../contract/decode.ts";
import { drawCodeArea, textIn, type CodeKeys } from "./code-area.ts";
import { field } from "./field.ts";
import type { Drawing, InputKind } from "./types.ts";

interface CodeInput extends CodeKeys {
  readonly language: string | null;
  readonly max_length: number | null;
}

/** What their own style guides ask for; all others are indented by two. */
const SPACES: Readonly<Record<string, number>> = { python: 4, java: 4, rust: 4, c: 4, "c++": 4, "c#": 4 };

export const KIND: InputKind<CodeInput> = {
  type: "code",
  fields: {
    default: otherwise(json, ""),
    language: nullable(text),
    lines: number,
    max_length: nullable(number),
    placeholder: nullable(text),
  },
  fits: (_, value) => typeof value === "string",
  inLink: "plain",
  draw: drawCode,
};

function drawCode(drawing: Drawing<CodeInput>): TemplateResult {
  const { input, value, change } = drawing;
  const written = textIn(value);
  const control = drawCodeArea({
    drawing,
    spaces: SPACES[input.language?.toLowerCase() ?? ""] ?? 2,
    written,
    longest: input.max_length,
    means: (typed) => typed === written,
    typed: change,
  });
  return field(drawing, control, input.language ?? "");
}
