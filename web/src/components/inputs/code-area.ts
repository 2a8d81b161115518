/**
 * A field for code: monospaced, never wrapped or corrected, and Tab indents.
 *
 * The keyboard can always leave it: by Shift+Tab, or by Escape and then Tab.
 */
import { html, nothing, type TemplateResult } from "lit";
import { describedBy, idOf, invalid } from "./field.ts";
import { indented, type Selected } from "./indent.ts";
import { typedText } from "./typed-text.ts";
import type { InputKeys } from "../../contract/input.ts";
import type { Json } from "../../contract/json.ts";
import { codeFieldsWords } from "./code-words.ts";
import type { Drawing } from "./types.ts";

export interface CodeKeys extends InputKeys {
  readonly lines: number;
  readonly placeholder: string | null;
}

export interface CodeArea<T extends CodeKeys> {
  readonly drawing: Drawing<T>;
  readonly spaces: number;
  readonly written: string;
  readonly longest?: number | null;
  /** Whether what stands in the field means the value, so that it is left as it is. */
  readonly means: (typed: string) => boolean;
  readonly typed: (text: string) => void;
}

/** Fields that Tab leaves, because Escape was pressed in them. */
const left = new WeakSet<EventTarget>();

export function drawCodeArea<T extends CodeKeys>(area: CodeArea<T>): TemplateResult {
  const { drawing, written, means, typed } = area;
  const { input } = drawing;
  const keys = `${idOf(input)}-keys`;
  const described = describedBy(drawing);
  return html`<textarea
      class="field code-area"
      id=${idOf(input)}
      rows=${input.lines}
      wrap="off"
      maxlength=${area.longest ?? nothing}
      dir="ltr"
      spellcheck="false"
      autocapitalize="off"
      autocomplete="off"
      placeholder=${input.placeholder ?? nothing}
      ?required=${input.required}
      aria-describedby=${described === nothing ? keys : described}
      aria-invalid=${invalid(drawing)}
      .value=${typedText(written, means)}
      @input=${(event: Event) => {
        typed((event.target as HTMLTextAreaElement).value);
      }}
      @keydown=${(event: KeyboardEvent) => {
        indentOrLeave(event, area);
      }}
      @blur=${(event: Event) => {
        if (event.target !== null) left.delete(event.target);
      }}
    ></textarea>
    <span class="visually-hidden" id=${keys}>${codeFieldsWords().tabIndents}</span>`;
}

function indentOrLeave<T extends CodeKeys>(event: KeyboardEvent, area: CodeArea<T>): void {
  const target = event.target as HTMLTextAreaElement;
  if (event.key === "Escape") left.add(target);
  if (event.key !== "Tab" || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
  if (left.has(target)) return;
  event.preventDefault();
  const { value, selectionStart, selectionEnd } = target;
  const next: Selected = indented({ text: value, start: selectionStart, end: selectionEnd }, area.spaces);
  target.value = next.text;
  target.setSelectionRange(next.start, next.end);
  area.typed(next.text);
}

/** The text in a value that is one; anything else is shown as nothing. */
export function textIn(value: Json): string {
  return typeof value === "string" ? value : "";
}
