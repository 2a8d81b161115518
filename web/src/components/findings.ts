/** What was found in a demo's file and code: loaded where there is something to show. */
import type { TemplateResult } from "lit";
import type { Demo } from "../contract/demo.ts";
import { drawDiagnostics, drawFindings, type Repair } from "./diagnostics.ts";
import { LightElement } from "./light-element.ts";

class Findings extends LightElement {
  static override properties = { demo: { attribute: false }, repair: { attribute: false } };
  declare demo: Demo;
  declare repair: Repair;

  override render(): TemplateResult {
    const { demo, repair } = this;
    return demo.status === "broken" ? drawDiagnostics(demo.diagnostics, repair) : drawFindings(demo, repair);
  }
}

customElements.define("gs-findings", Findings);
