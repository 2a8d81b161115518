/**
 * HTML in a frame without any right to the page: it has no origin, and no script of it runs.
 *
 *     text --postMessage--> frame (one script of the server's own) --postMessage--> its height
 *
 * The next text is sent when the last one has been drawn, so one that grows fast costs what the frame can draw.
 */
import { html, nothing, ReactiveElement } from "lit";
import { words } from "../../words.ts";
import { copyTool } from "./output-tools.ts";
import type { OutputKind } from "./types.ts";
import { writtenIn } from "./written.ts";

const HIGHEST_PX = 20_000;

/**
 * A document that is as high as its frame and a little more never fits: it is given a higher frame so often, no more,
 * and scrolls within it from then on.
 */
const MOST_VAIN_STEPS = 3;

export const KIND: OutputKind = {
  type: "html",
  fields: {},
  fits: (value) => typeof value === "string",
  draw: ({ output, value }) =>
    html`<gs-html-output .source=${writtenIn(value)} .name=${output.label}></gs-html-output>`,
  tools: ({ value }) => (value === null ? nothing : copyTool(words.copy.html, () => writtenIn(value))),
};

class HtmlOutputElement extends ReactiveElement {
  static override properties = { source: {}, name: {} };
  declare source: string;
  declare name: string;
  private readonly frame = document.createElement("iframe");
  /** Whether the frame waits for a text; before that, it is loading or drawing. */
  private isWaiting = false;
  private sent: string | null = null;
  private height_px = 0;
  /** How much of the document its frame did not show when it was as high as it was last made. */
  private hidden_px = 0;
  /** How often in a row a higher frame showed no more of the document. */
  private vainSteps = 0;

  constructor() {
    super();
    this.source = "";
    this.name = "";
    this.frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    this.frame.src = "frame";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("message", this.hear);
    this.isWaiting = false;
    this.sent = null;
    this.append(this.frame);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("message", this.hear);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(): void {
    this.frame.title = this.name;
    this.send();
  }

  private readonly hear = (event: MessageEvent<unknown>): void => {
    if (event.source !== this.frame.contentWindow) return;
    const { height, viewport } = (event.data ?? {}) as { height?: unknown; viewport?: unknown };
    if (!Number.isFinite(height) || !Number.isFinite(viewport)) return;
    this.resize(Math.ceil(height as number), viewport as number);
    this.isWaiting = true;
    this.send();
  };

  private resize(document_px: number, viewport_px: number): void {
    if (Math.abs(viewport_px - this.height_px) <= 1) {
      const hidden_px = document_px - viewport_px;
      const isVain = hidden_px > 1 && hidden_px >= this.hidden_px - 1;
      this.vainSteps = isVain ? this.vainSteps + 1 : 0;
      this.hidden_px = hidden_px;
    }
    if (this.vainSteps > MOST_VAIN_STEPS) return;
    this.height_px = Math.min(HIGHEST_PX, Math.max(0, document_px));
    this.frame.style.height = `${this.height_px}px`;
  }

  private send(): void {
    if (!this.isWaiting || this.sent === this.source) return;
    this.isWaiting = false;
    this.sent = this.source;
    this.vainSteps = 0;
    // The frame has no origin that could be named.
    this.frame.contentWindow?.postMessage({ html: this.source }, "*");
  }
}

customElements.define("gs-html-output", HtmlOutputElement);
