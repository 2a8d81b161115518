/** Findings in a demo's file, shown as a compiler shows them. */
import { html, nothing, type TemplateResult } from "lit";
import type { Demo } from "../contract/demo.ts";
import type { Diagnostic, Fix } from "../contract/diagnostic.ts";
import { words } from "../words.ts";
import { drawTicked } from "./ticked.ts";

/** Called with the numbers of a finding and of one of its fixes. */
export type Repair = (finding: number, fix: number) => void;

export function drawDiagnostics(diagnostics: readonly Diagnostic[], repair?: Repair): TemplateResult {
  return html`<div class="stack">
    ${diagnostics.map((each, index) => drawDiagnostic(each, repair === undefined ? repair : fixOf(repair, index)))}
  </div>`;
}

function fixOf(repair: Repair, finding: number): (fix: number) => void {
  return (fix) => {
    repair(finding, fix);
  };
}

function drawDiagnostic(
  { severity, message, code, text, fixes }: Diagnostic,
  repair?: (fix: number) => void,
): TemplateResult {
  return html`<section class="card out diagnostic ${severity}">
    <header class="head">
      <h2>${drawTicked(message)}</h2>
      <span class="state">${code}</span>
    </header>
    <pre tabindex="0">${withSigns(text)}</pre>
    ${repair === undefined || fixes.length === 0 ? nothing : drawFixes(fixes, repair)}
  </section>`;
}

/** A button for each way to repair it: a single one is certain, several are a choice. */
function drawFixes(fixes: readonly Fix[], repair: (fix: number) => void): TemplateResult {
  const [only] = fixes;
  return html`<div class="fixes">
    ${fixes.map(
      ({ title }, index) =>
        html`<button
          class=${fixes.length === 1 ? "primary" : ""}
          title=${title}
          @click=${() => {
            repair(index);
          }}
        >
          ${fixes.length === 1 && only !== undefined ? words.demo.repair : drawTicked(words.demo.repairBy(title))}
        </button>`,
    )}
  </div>`;
}

/** Findings of a demo that is shown nevertheless: its code may fail although its file is valid. */
export function drawFindings({ diagnostics, notice }: Demo, repair?: Repair): TemplateResult {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const warnings = diagnostics.filter(({ severity }) => severity !== "error");
  return html`${errors.length === 0 ? nothing : html`<div class="findings">${drawDiagnostics(errors, repairOf(diagnostics, errors, repair))}</div>`}
  ${notice === null ? nothing : drawTraceback(notice.text)} ${drawWarnings(warnings)}`;
}

/** Errors are numbered among all findings. */
function repairOf(
  all: readonly Diagnostic[],
  errors: readonly Diagnostic[],
  repair?: Repair,
): Repair | undefined {
  if (repair === undefined) return undefined;
  return (finding, fix) => {
    const found = errors[finding];
    if (found !== undefined) repair(all.indexOf(found), fix);
  };
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

/** Lines of the file in the text colour, markers in red, explanations in grey, which go on below themselves. */
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
