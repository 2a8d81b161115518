/** The button that makes a light page dark, and a dark page light. */
import { html, type TemplateResult } from "lit";
import type { Catalog } from "../contract/catalog.ts";
import type { Store } from "../state/store.ts";
import type { Undo } from "../transport/types.ts";
import { words } from "../words.ts";
import { icon } from "./icon.ts";
import { LightElement } from "./light-element.ts";
import { shownScheme, switchScheme, watchLook } from "./theme.ts";

class SchemeSwitch extends LightElement {
  static override properties = { catalog: { attribute: false } };
  declare catalog: Store<Catalog>;
  private forgetLook: Undo = () => undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.forgetLook = watchLook(this.drawNextFrame);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forgetLook();
  }

  override render(): TemplateResult {
    const isDark = shownScheme() === "dark";
    const label = isDark ? words.page.scheme.light : words.page.scheme.dark;
    return html`<button
      class="tool"
      type="button"
      title=${label}
      aria-label=${label}
      @click=${() => {
        switchScheme(this.catalog.value.theme);
      }}
    >
      ${icon(isDark ? "sun" : "moon")}
    </button>`;
  }
}

customElements.define("gs-scheme-switch", SchemeSwitch);
