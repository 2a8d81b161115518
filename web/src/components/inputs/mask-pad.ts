/** A canvas over a picture, as large as it, on which a mask is painted, or one that an example has is continued. */
import { html, type TemplateResult } from "lit";
import { words } from "../../words.ts";
import { sketchWords } from "./sketch-words.ts";
import { LightElement } from "../light-element.ts";
import "./sketch-pad.ts";
import { readMask } from "./paint.ts";
import { MASK, type Size, type WriteDrawing } from "./sketch-pad.ts";

/** Browsers have no larger canvases on phones; the mask of a larger picture is painted smaller, and scaled. */
const LONGEST_SIDE = 4096;

class MaskPad extends LightElement {
  static override properties = {
    picture: { attribute: false },
    mask: { attribute: false },
    name: { attribute: false },
    size: { state: true },
    isUnreadable: { state: true },
  };
  declare picture: string;
  /** The address of the mask that is there at first; null for none. */
  declare mask: string | null;
  declare name: string;
  declare drawn: (write: WriteDrawing) => void;
  declare size: Size | null;
  declare isUnreadable: boolean;
  private painted: HTMLCanvasElement | null = null;

  constructor() {
    super();
    this.mask = null;
    this.size = null;
    this.isUnreadable = false;
  }

  override render(): TemplateResult {
    if (this.isUnreadable) return html`<p class="mistake" role="alert">${sketchWords().noMask}</p>`;
    if (this.size === null)
      return html`<img
        class="drop-picture"
        src=${this.picture}
        alt=${words.pictures.chosen}
        @load=${this.measure}
        @error=${this.giveUp}
      />`;
    return html`<gs-sketch-pad
      .fixed=${this.size}
      .picture=${this.picture}
      .below=${this.painted}
      .name=${this.name}
      .drawn=${this.drawn}
    ></gs-sketch-pad>`;
  }

  private readonly measure = async (event: Event): Promise<void> => {
    const { naturalWidth: width, naturalHeight: height } = event.target as HTMLImageElement;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
    try {
      this.painted = this.mask === null ? null : await readMask(this.mask, size, MASK);
      this.size = size;
    } catch {
      this.giveUp();
    }
  };

  private readonly giveUp = (): void => {
    this.isUnreadable = true;
  };
}

customElements.define("gs-mask-pad", MaskPad);
