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

/** A document as high as its frame and a little more grows with each answer: so often by the same step, no more. */
const MOST_EQUAL_STEPS = 3;

export const HTML: OutputKind = {
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
  private step_px = 0;
  private equalSteps = 0;

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
    const { height } = (event.data ?? {}) as { height?: unknown };
    if (typeof height !== "number" || !Number.isFinite(height)) return;
    this.resize(Math.min(HIGHEST_PX, Math.max(0, Math.ceil(height))));
    this.isWaiting = true;
    this.send();
  };

  private resize(height_px: number): void {
    const step_px = height_px - this.height_px;
    if (step_px === 0) return;
    this.equalSteps = step_px > 0 && step_px === this.step_px ? this.equalSteps + 1 : 0;
    this.step_px = step_px;
    if (this.equalSteps >= MOST_EQUAL_STEPS) return;
    this.height_px = height_px;
    this.frame.style.height = `${height_px}px`;
  }

  private send(): void {
    if (!this.isWaiting || this.sent === this.source) return;
    this.isWaiting = false;
    this.sent = this.source;
    this.equalSteps = 0;
    // The frame has no origin that could be named.
    this.frame.contentWindow?.postMessage({ html: this.source }, "*");
  }
}

customElements.define("gs-html-output", HtmlOutputElement);
