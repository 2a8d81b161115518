import { html, type TemplateResult } from "lit";
import { words } from "../words.ts";
import { icon } from "./icon.ts";
import { LightElement } from "./light-element.ts";

const CONFIRM_MS = 1600;

/** Copies a text or a PNG, and confirms it for a moment. `text` is called when the button is pressed. */
class CopyButton extends LightElement {
  static override properties = { label: {}, text: { attribute: false }, isCopied: { state: true } };
  declare label: string;
  declare text: () => string | Promise<Blob>;
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
    }, CONFIRM_MS);
  };
}

/** The Clipboard API exists on secure origins only; elsewhere a selection is copied with `execCommand`. */
async function writeClipboard(text: string | Promise<Blob>): Promise<void> {
  if (typeof text !== "string") {
    // Not awaited before: Safari refuses what is written later than the press.
    await navigator.clipboard.write([new ClipboardItem({ "image/png": text })]);
    return;
  }
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
