/** The shared part of kinds whose value is a text. */
import type { TemplateResult } from "lit";
import { asText, type Json } from "../../contract/json.ts";
import { words } from "../../words.ts";
import { copyTool } from "./output-tools.ts";
import type { OutputDrawing } from "./types.ts";

/** The text to show; null is an empty text. */
export function writtenIn(value: Json): string {
  return value === null ? "" : asText(value);
}

export function copyWritten({ value }: OutputDrawing): TemplateResult {
  return copyTool(words.copy.text, () => asText(value));
}

export function describeWritten({ value }: OutputDrawing): string {
  return typeof value === "string" && value !== "" ? countWords(value) : "";
}

/** Such as `3 words`. */
export function countWords(text: string): string {
  return words.size.words(text.match(/\S+/g)?.length ?? 0);
}
