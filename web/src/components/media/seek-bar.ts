/**
 * A seek bar: a native slider under a picture of the timeline.
 *
 * The picture is a waveform if there are peaks, otherwise a line. Its width is `scale_s` seconds.
 */
import { html, type PropertyValues, type TemplateResult } from "lit";
import { scaleOf, type Peaks } from "../../media/peaks.ts";
import type { Undo } from "../../transport/types.ts";
import { playerWords } from "../../media/player-words.ts";
import { LightElement } from "../light-element.ts";
import { watchLook } from "../theme.ts";
import { spoken } from "./clock.ts";
import { drawWaveform } from "./waveform.ts";

/** The steps of the arrow keys and of the page keys. */
const STEP_S = 5;
const PAGE_S = 30;
/** The fraction of the remaining distance to a new scale that is covered each frame. */
const EASING = 0.22;

export interface Place {
  readonly position_s: number;
  readonly end_s: number;
  readonly buffered_s: number;
  readonly isGrowing: boolean;
}

const NOWHERE: Place = { position_s: 0, end_s: 0, buffered_s: 0, isGrowing: false };

class SeekBar extends LightElement {
  static override properties = { peaks: { attribute: false }, name: {} };
  declare peaks: Peaks | null;
  declare name: string;
  private place = NOWHERE;
  private scale_s = 0;
  private drawn_s = -1;
  private easing = 0;
  private drawing = 0;
  private isHeld = false;
  private spoken = "";
  private width = 0;
  /** What of the position can be seen, and what the slider says: either is set when it is another. */
  private shown = "";
  private slidTo = "";
  private readonly resized = new ResizeObserver(() => {
    this.width = this.clientWidth;
    this.draw();
    this.position();
  });
  private forgetLook: Undo = () => undefined;

  constructor() {
    super();
    this.peaks = null;
    this.name = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resized.observe(this);
    this.forgetLook = watchLook(this.draw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    this.forgetLook();
    cancelAnimationFrame(this.easing);
    cancelAnimationFrame(this.drawing);
    this.easing = 0;
    this.drawing = 0;
  }

  override render(): TemplateResult {
    return html`<div class="seek-picture" aria-hidden="true">
        ${
          this.peaks === null
            ? html`<i class="seek-line"></i><i class="seek-line ready"></i>
                <div class="seek-clip">
                  <div class="seek-window"><i class="seek-line played"></i></div>
                </div>
                <div class="seek-mover"><i class="seek-dot"></i></div>`
            : html`<canvas></canvas>
                <div class="seek-clip">
                  <div class="seek-window"><canvas class="played"></canvas></div>
                </div>
                <div class="seek-mover"><i class="seek-hand"></i></div>`
        }
      </div>
      <input
        type="range"
        min="0"
        step="any"
        aria-label=${this.name}
        @input=${this.slid}
        @keydown=${this.pressed}
        @focus=${this.speak}
        @pointerdown=${this.held}
        @pointerup=${this.released}
        @pointercancel=${this.released}
      />`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("peaks")) this.draw();
    this.show(this.place);
  }

  /** Show a position; `isChanged` when there are new peaks to draw. */
  show(place: Place, isChanged = false): void {
    this.place = place;
    const wanted = scaleOf(place.end_s, place.isGrowing);
    if (wanted !== this.scale_s) this.rescale(wanted);
    else if (isChanged) this.draw();
    this.position();
  }

  private position(): void {
    const slider = this.querySelector("input");
    if (slider === null || this.scale_s === 0) return;
    const { position_s, buffered_s } = this.place;
    if (document.activeElement !== slider) this.speak();
    this.slide(slider, position_s);
    const played_px = this.pixels(position_s);
    const ready_px = this.pixels(position_s + buffered_s);
    // Skip frames in which nothing moves visibly.
    const shown = [played_px, ready_px, this.width].join();
    if (shown === this.shown) return;
    this.shown = shown;
    this.move(played_px);
    const ready = this.querySelector<HTMLElement>(".seek-line.ready");
    if (ready !== null) ready.style.width = `${ready_px}px`;
  }

  /** The slider itself is not seen: it follows each second, and at once where the scale is another or it was moved. */
  private slide(slider: HTMLInputElement, position_s: number): void {
    const slid = [Math.floor(position_s), this.scale_s].join();
    if (slid === this.slidTo || this.isHeld) return;
    this.slidTo = slid;
    const max = String(this.scale_s);
    if (slider.max !== max) slider.max = max;
    slider.value = String(position_s);
  }

  /** Only transforms change, of layers of their own: nothing is laid out or painted. */
  private move(x_px: number): void {
    const hidden_px = this.width - x_px;
    this.shift(".seek-mover", x_px);
    this.shift(".seek-window", -hidden_px);
    this.shift(".seek-window > *", hidden_px);
  }

  private shift(layer: string, x_px: number): void {
    const found = this.querySelector<HTMLElement>(layer);
    if (found !== null) found.style.transform = `translateX(${x_px}px)`;
  }

  private pixels(time_s: number): number {
    return Math.round(Math.min(1, time_s / Math.max(this.drawn_s, 0.001)) * this.width);
  }

  private rescale(wanted: number): void {
    const isFirst = this.scale_s === 0 || this.drawn_s < 0;
    this.scale_s = wanted;
    if (isFirst || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.drawn_s = wanted;
      this.draw();
    } else if (this.easing === 0) this.ease();
  }

  private readonly ease = (): void => {
    this.easing = 0;
    this.drawn_s += (this.scale_s - this.drawn_s) * EASING;
    if (Math.abs(this.drawn_s / this.scale_s - 1) < 0.005) this.drawn_s = this.scale_s;
    else this.easing = requestAnimationFrame(this.ease);
    this.draw();
    this.position();
  };

  private readonly draw = (): void => {
    if (this.drawing !== 0) return;
    // Draw in the next frame, because appending segments is more urgent.
    this.drawing = requestAnimationFrame(() => {
      this.drawing = 0;
      if (this.peaks === null || this.drawn_s <= 0) return;
      for (const canvas of this.querySelectorAll("canvas")) drawWaveform(canvas, this.peaks, this.drawn_s);
    });
  };

  /** With the focus, the spoken value changes on key presses only: screen readers would announce every second. */
  private readonly speak = (): void => {
    const { position_s, end_s } = this.place;
    const moment = playerWords().momentOf(spoken(position_s), spoken(end_s));
    if (moment === this.spoken) return;
    this.spoken = moment;
    this.querySelector("input")?.setAttribute("aria-valuetext", moment);
  };

  private readonly held = (): void => {
    this.isHeld = true;
  };

  private readonly released = (): void => {
    this.isHeld = false;
  };

  private readonly slid = (event: Event): void => {
    this.seek(Number((event.target as HTMLInputElement).value));
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    const { position_s, end_s } = this.place;
    const step = STEPS[event.key];
    if (event.key === " ") this.dispatchEvent(new CustomEvent("toggle"));
    else if (event.key === "Home") this.seek(0);
    else if (event.key === "End") this.seek(end_s);
    else if (step !== undefined) this.seek(position_s + step);
    else return;
    event.preventDefault();
  };

  private seek(time_s: number): void {
    const target_s = Math.min(this.place.end_s, Math.max(0, time_s));
    this.place = { ...this.place, position_s: target_s };
    this.dispatchEvent(new CustomEvent("seek", { detail: target_s }));
    this.position();
    this.speak();
  }
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -STEP_S,
  ArrowDown: -STEP_S,
  ArrowRight: STEP_S,
  ArrowUp: STEP_S,
  PageDown: -PAGE_S,
  PageUp: PAGE_S,
};

declare global {
  interface HTMLElementTagNameMap {
    "gs-seek-bar": SeekBar;
  }
}

customElements.define("gs-seek-bar", SeekBar);
