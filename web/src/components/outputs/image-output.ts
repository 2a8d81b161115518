/** A picture on a stage that keeps its place: the next one is decoded before it takes the last one's. */
import { ReactiveElement } from "lit";

/** Pictures this small are pixels to be looked at, not to be blurred. */
const SMALL_PX = 128;

class ImageOutputElement extends ReactiveElement {
  static override properties = { url: {}, name: {} };
  declare url: string;
  declare name: string;
  private shown: HTMLImageElement | null = null;
  private shownUrl = "";
  private isDecoding = false;

  constructor() {
    super();
    this.url = "";
    this.name = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(): void {
    if (this.shown !== null) this.shown.alt = this.name;
    if (!this.isDecoding) void this.catchUp();
  }

  /** Show the newest; pictures that came while one was decoded are behind already and are left out. */
  private async catchUp(): Promise<void> {
    this.isDecoding = true;
    while (this.url !== this.shownUrl) await this.swap(this.url);
    this.isDecoding = false;
  }

  private async swap(url: string): Promise<void> {
    this.shownUrl = url;
    if (url === "") {
      this.replaceChildren();
      this.shown = null;
      return;
    }
    const next = new Image();
    next.alt = this.name;
    next.src = url;
    try {
      await next.decode();
    } catch {
      // Not a picture that this browser reads, or gone: the last one stays.
      return;
    }
    next.classList.toggle("pixels", Math.max(next.naturalWidth, next.naturalHeight) <= SMALL_PX);
    this.replaceChildren(next);
    this.shown = next;
  }
}

customElements.define("gs-image-output", ImageOutputElement);
