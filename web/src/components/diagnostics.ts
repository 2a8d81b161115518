/** Findings in a demo's file, shown as a compiler shows them. */
import { html, nothing, type TemplateResult } from "lit";
import type { Demo } from "../contract/demo.ts";
import type { Diagnostic } from "../contract/diagnostic.ts";
import { words } from "../words.ts";
import { drawTicked } from "./ticked.ts";

export function drawDiagnostics(diagnostics: readonly Diagnostic[]): TemplateResult {
  return html`<div class="stack">${diagnostics.map(drawDiagnostic)}</div>`;
}

function drawDiagnostic({ severity, message, code, text }: Diagnostic): TemplateResult {
  return html`<section class="card out diagnostic ${severity}">
    <header class="head">
      <h2>${drawTicked(message)}</h2>
      <span class="state">${code}</span>
    </header>
    <pre tabindex="0">${withSigns(text)}</pre>
  </section>`;
}

/** Findings of a demo that is shown nevertheless: its code may fail although its file is valid. */
export function drawFindings({ diagnostics, notice }: Demo): TemplateResult {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const warnings = diagnostics.filter(({ severity }) => severity !== "error");
  return html`${errors.length === 0 ? nothing : html`<div class="findings">${drawDiagnostics(errors)}</div>`}
  ${notice === null ? nothing : drawTraceback(notice.text)} ${drawWarnings(warnings)}`;
}

function drawTraceback(text: string): TemplateResult {
  return html`<details class="card traceback">
    <summary>${words.demo.traceback}</summary>
    <pre tabindex="0">${text}</pre>
  </details>`;
}

/** Warnings of a demo that works: one line, which expands. */
function drawWarnings(diagnostics: readonly Diagnostic[]): TemplateResult | typeof nothing {
  if (diagnostics.length === 0) return nothing;
  return html`<details class="warnings">
    <summary>${words.demo.warnings(diagnostics.length)}</summary>
    ${drawDiagnostics(diagnostics)}
  </details>`;
}

/** Lines of the file in the text colour, markers in red, explanations in grey. */
function withSigns(text: string): readonly TemplateResult[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [, gutter = "", rest = line] = /^(\s*\d* \|)(.*)$/.exec(line) ?? [];
      return html`<span class="gutter">${gutter}</span><span class=${lineClass(rest)}>${rest}${"\n"}</span>`;
    });
}

function lineClass(line: string): string {
  if (/^\s*\^+/.test(line)) return "points";
  return /^\s*(?:=|expected:|found:|repair:)/.test(line) ? "explains" : "";
}
