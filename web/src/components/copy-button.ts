import { html, type TemplateResult } from "lit";
import { words } from "../words.ts";
import { icon } from "./icon.ts";
import { LightElement } from "./light-element.ts";

const SAID_FOR_MS = 1600;

/** Copies a text, and says so for a moment. The text is asked for at the press, not before. */
class CopyButton extends LightElement {
  static override properties = { label: {}, text: { attribute: false }, isCopied: { state: true } };
  declare label: string;
  declare text: () => string;
  declare isCopied: boolean;

  constructor() {
    super();
    this.label = "";
    this.text = () => "";
    this.isCopied = false;
  }

  override render(): TemplateResult {
    const name = this.isCopied ? words.copy.copied : this.label;
    return html`<button class="tool" type="button" title=${name} aria-label=${name} @click=${this.copy}>
      ${icon(this.isCopied ? "check" : "copy")}
    </button>`;
  }

  private readonly copy = async (): Promise<void> => {
    await writeClipboard(this.text());
    this.isCopied = true;
    setTimeout(() => {
      this.isCopied = false;
    }, SAID_FOR_MS);
  };
}

/** The clipboard's interface exists only on secure origins; elsewhere a selection is copied as of old. */
async function writeClipboard(text: string): Promise<void> {
  if ("clipboard" in navigator) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way on an insecure origin
  document.execCommand("copy");
  area.remove();
}

customElements.define("gs-copy-button", CopyButton);
