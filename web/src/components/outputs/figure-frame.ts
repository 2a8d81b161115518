/**
 * A figure in a frame without any right to the page: it has no origin and no network, and one script runs in it, which
 * is the library's.
 *
 *     figure --postMessage--> frame (src/figure-frames/) --postMessage--> drawn, its height, a picture of it
 *
 * The next figure is sent when the last one has been drawn, so one that grows fast costs what the frame can draw.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { writeJson, type Json } from "../../contract/json.ts";
import { readValue } from "../../contract/value.ts";
import type { Undo } from "../../transport/types.ts";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import { shownScheme, watchLook } from "../theme.ts";
import { figure, frameFor, wordsOf, type Figure } from "./figure.ts";

const HIGHEST_PX = 20_000;

/** How long a frame may take to begin once it is loaded, and a picture to be made. */
const PATIENCE_MS = 5_000;

interface Answer {
  readonly ready?: unknown;
  readonly drawn?: unknown;
  readonly error?: unknown;
  readonly height?: unknown;
  readonly picture?: unknown;
  readonly escape?: unknown;
}

export class FigureFrame extends LightElement {
  static override properties = {
    value: { attribute: false },
    name: {},
    isLarge: { state: true },
    problem: { state: true },
  };
  declare value: Json;
  declare name: string;
  declare isLarge: boolean;
  /** Why the last figure could not be drawn; "" if it was. */
  declare problem: string;
  private loaded = "";
  private isReady = false;
  /** Whether the frame waits for a figure; before that, it is loading or drawing. */
  private isWaiting = false;
  private figure: Figure | null = null;
  private sent: Json = null;
  private sentLook = "";
  private unready: ReturnType<typeof setTimeout> | undefined;
  private forgetLook: Undo = () => undefined;
  private givePicture: ((picture: Blob | null) => void) | null = null;

  constructor() {
    super();
    this.value = null;
    this.name = "";
    this.isLarge = false;
    this.problem = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("message", this.hear);
    this.forgetLook = watchLook(() => {
      this.send();
    });
    this.restart();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("message", this.hear);
    this.forgetLook();
    this.restart();
    this.isLarge = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("value")) this.figure = readValue(figure, this.value);
  }

  override render(): TemplateResult | typeof nothing {
    if (this.figure === null) return nothing;
    const { close } = words.outputs;
    return html`${this.problem === "" ? nothing : html`<p class="misfit pad" role="status">${this.problem}</p>`}
      <div
        class="figure-box"
        role=${this.isLarge ? "dialog" : nothing}
        aria-modal=${this.isLarge ? "true" : nothing}
        aria-label=${this.isLarge ? this.name : nothing}
        @keydown=${this.closeOnEscape}
        @focusout=${this.closeWhenLeft}
      >
        ${
          this.isLarge
            ? html`<div class="viewer-tools">
                <bdi>${this.name}</bdi>
                <button class="tool" type="button" title=${close} aria-label=${close} @click=${this.shrink}>
                  ${icon("cross")}
                </button>
              </div>`
            : nothing
        }
        <iframe
          sandbox="allow-scripts"
          src="frame/${frameFor(this.figure)}"
          title=${this.name}
          aria-description=${wordsOf(this.figure)}
          @load=${this.expect}
        ></iframe>
      </div>`;
  }

  protected override updated(): void {
    const frame = this.figure === null ? "" : frameFor(this.figure);
    if (frame !== this.loaded) {
      this.loaded = frame;
      this.restart();
    }
    this.send();
  }

  /** Show the figure in the whole window, until Escape or its button. It stays where it is, so that it is not loaded anew. */
  enlarge(): void {
    const box = this.querySelector<HTMLElement>(".figure-box");
    if (box === null || this.isLarge) return;
    box.popover = "manual";
    box.showPopover();
    this.isLarge = true;
    void this.updateComplete.then(() => box.querySelector("button")?.focus());
  }

  /** A PNG of the figure; null where its library makes none. */
  async picture(): Promise<Blob | null> {
    if (!this.isReady) return null;
    this.givePicture?.(null);
    const made = new Promise<Blob | null>((resolve) => {
      this.givePicture = resolve;
      setTimeout(() => {
        resolve(null);
      }, PATIENCE_MS);
    });
    this.post({ picture: true });
    return made;
  }

  private readonly shrink = (): void => {
    const box = this.querySelector<HTMLElement>(".figure-box");
    if (box === null || !this.isLarge) return;
    this.isLarge = false;
    box.hidePopover();
    box.popover = null;
    this.closest(".out")?.querySelector<HTMLElement>(".tools button")?.focus();
  };

  private readonly closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key === "Escape") this.shrink();
  };

  /** What is behind the figure cannot be seen. */
  private readonly closeWhenLeft = ({ relatedTarget, currentTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && !(currentTarget as Node).contains(relatedTarget)) this.shrink();
  };

  private restart(): void {
    clearTimeout(this.unready);
    this.isReady = false;
    this.isWaiting = false;
    this.sent = null;
    this.problem = "";
  }

  /** The frame is there; its script begins before that, if it was loaded. */
  private readonly expect = (): void => {
    clearTimeout(this.unready);
    this.unready = setTimeout(() => {
      if (!this.isReady) this.problem = words.page.incomplete;
    }, PATIENCE_MS);
  };

  private readonly hear = (event: MessageEvent<unknown>): void => {
    const window = this.iframe?.contentWindow;
    if (window === undefined || window === null || event.source !== window) return;
    const { ready, drawn, error, height, picture, escape } = (event.data ?? {}) as Answer;
    if (typeof height === "number") this.resize(height);
    if (escape === true) this.shrink();
    if (picture !== undefined) {
      this.givePicture?.(picture instanceof Blob && picture.type === "image/png" ? picture : null);
      this.givePicture = null;
    }
    if (ready !== true && drawn !== true) return;
    this.isReady = true;
    this.isWaiting = true;
    this.problem = typeof error === "string" ? words.outputs.figureFailed(error.slice(0, 1000)) : "";
    this.send();
  };

  private resize(height_px: number): void {
    if (this.iframe === null || this.isLarge) return;
    this.iframe.style.height = `${Math.min(HIGHEST_PX, Math.max(0, Math.ceil(height_px)))}px`;
  }

  private send(): void {
    const look = {
      dark: shownScheme() === "dark",
      ink: getComputedStyle(this).color,
      large: this.isLarge,
    };
    const lookText = JSON.stringify(look);
    if (!this.isWaiting || this.figure === null) return;
    if (this.sent === this.value && this.sentLook === lookText) return;
    this.isWaiting = false;
    this.sent = this.value;
    this.sentLook = lookText;
    this.post({ figure: writeJson(this.figure.figure), look });
  }

  private post(message: object): void {
    // The frame has no origin that could be named.
    this.iframe?.contentWindow?.postMessage(message, "*");
  }

  private get iframe(): HTMLIFrameElement | null {
    return this.querySelector("iframe");
  }
}

customElements.define("gs-figure-frame", FigureFrame);
