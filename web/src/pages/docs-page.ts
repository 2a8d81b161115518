/** A page of the documentation for authors, which a server in development has. */
import { html, type TemplateResult } from "lit";
import { LightElement } from "../components/light-element.ts";
import { colour } from "../components/prose.ts";
import type { Document } from "../contract/document.ts";
import { settle } from "./docs-links.ts";

class DocsPage extends LightElement {
  static override properties = { page: { attribute: false } };
  declare page: Document;

  protected override firstUpdated(): void {
    void this.draw();
  }

  /** What is drawn stays: another page is another document of the browser. */
  override render(): TemplateResult {
    return html`<main class="docs"><gs-document class="card"></gs-document></main>`;
  }

  private async draw(): Promise<void> {
    const { toHtml } = await import("../components/markdown/engine.ts");
    // Within a template nothing is fetched, so that pictures are asked for at their right addresses alone.
    const template = document.createElement("template");
    template.innerHTML = toHtml(this.page.text);
    settle(template.content, this.page.path, document.baseURI);
    const place = this.querySelector<HTMLElement>("gs-document");
    if (place === null) return;
    place.replaceChildren(template.content);
    colour(place);
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }
}

customElements.define("gs-docs-page", DocsPage);
