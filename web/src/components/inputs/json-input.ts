/**
 * Any value of JSON, typed as text and checked while it is typed.
 *
 *     text --parseJson--> the value | the text itself, which the server refuses as the field does
 */
import { html, nothing, type TemplateResult } from "lit";
import { nullable, number, text } from "../../contract/decode.ts";
import { parseJson, sameJson, writeJson, type Json } from "../../contract/json.ts";
import { codeFieldsWords } from "./code-words.ts";
import { drawCodeArea, type CodeKeys } from "./code-area.ts";
import { field } from "./field.ts";
import type { Drawing, InputKind } from "./types.ts";

export const KIND: InputKind<CodeKeys> = {
  type: "json",
  fields: { lines: number, placeholder: nullable(text) },
  fits: (_, value) => typeof value !== "string" || problemOf(value) !== null,
  draw: drawJson,
};

function drawJson(drawing: Drawing<CodeKeys>): TemplateResult {
  const { value, change, mistake } = drawing;
  const problem = typeof value === "string" ? problemOf(value) : null;
  const area = drawCodeArea({
    drawing,
    spaces: 2,
    written: writtenOf(value),
    means: (typed) => sameJson(readTyped(typed), value),
    typed: (typed) => {
      change(readTyped(typed));
    },
  });
  // The server's own words about the same mistake say more.
  const isShown = problem !== null && mistake === undefined;
  // Always there: screen readers announce changes of a live region, but not a region that appears.
  const live = html`<div role="status">${isShown ? html`<p class="mistake">${problem}</p>` : nothing}</div>`;
  return field(drawing, html`${area}${live}`);
}

function writtenOf(value: Json): string {
  if (value === null) return "";
  return typeof value === "string" ? value : writeJson(value, 2);
}

/** The value that a text stands for; the text itself where it stands for none. */
function readTyped(typed: string): Json {
  if (typed.trim() === "") return null;
  try {
    const value = parseJson(typed);
    // A text in quotes is no value of this kind: it stays as typed, and is refused.
    return typeof value === "string" ? typed : value;
  } catch {
    return typed;
  }
}

/** Why a text cannot be read; null if it can. */
function problemOf(typed: string): string | null {
  try {
    return typeof JSON.parse(typed) === "string" ? codeFieldsWords().jsonText : null;
  } catch (reason) {
    const line = lineOf(typed, reason instanceof Error ? reason.message : "");
    return line === null ? codeFieldsWords().notJson : codeFieldsWords().notJsonIn(line);
  }
}

/** The line that a browser's message names, as one of them or by its distance from the start. */
function lineOf(typed: string, message: string): number | null {
  const line = /line (\d+)/.exec(message)?.[1];
  if (line !== undefined) return Number(line);
  const position = /position (\d+)/.exec(message)?.[1];
  return position === undefined ? null : typed.slice(0, Number(position)).split("\n").length;
}
