/** A page of the author guide, which a server in development mode serves. */
import { html, type TemplateResult } from "lit";
import { LightElement } from "../components/light-element.ts";
import { colour } from "../components/prose.ts";
import type { Document } from "../contract/document.ts";
import { settle } from "./docs-links.ts";
import "../style/docs.css";

class DocsPage extends LightElement {
  static override properties = { page: { attribute: false } };
  declare page: Document;

  protected override firstUpdated(): void {
    void this.draw();
  }

  /** Drawn once: another page is another document of the browser. */
  override render(): TemplateResult {
    return html`<main class="docs"><gs-document class="card"></gs-document></main>`;
  }

  private async draw(): Promise<void> {
    const { drawMarkdown } = await import("../components/markdown/engine.ts");
    const content = drawMarkdown(this.page.text, colour);
    settle(content, this.page.path, document.baseURI);
    const place = this.querySelector<HTMLElement>("gs-document");
    if (place === null) return;
    place.replaceChildren(content);
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }
}

customElements.define("gs-docs-page", DocsPage);
