/**
 * A seek bar: a native slider under a picture of the timeline.
 *
 * The picture is a waveform if there are peaks, otherwise a line. Its width is `scale_s` seconds.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
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
  private shown = "";
  private readonly resized = new ResizeObserver(() => {
    this.width = this.clientWidth;
    this.draw();
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
            ? html`<i class="seek-line"></i><i class="seek-line ready"></i><i class="seek-line played"></i>
                <i class="seek-dot"></i>`
            : html`<canvas></canvas><canvas class="played"></canvas>`
        }
        ${this.peaks === null ? nothing : html`<i class="seek-hand"></i>`}
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
    // Skip frames in which nothing moves visibly.
    const per_s = (2 * this.width) / Math.max(this.drawn_s, 0.1);
    const seen = [position_s * per_s, buffered_s * per_s, this.scale_s].map(Math.round).join();
    if (seen === this.shown) return;
    this.shown = seen;
    slider.max = String(this.scale_s);
    if (!this.isHeld) slider.value = String(position_s);
    this.style.setProperty("--played", share(position_s, this.drawn_s));
    this.style.setProperty("--ready", share(position_s + buffered_s, this.drawn_s));
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

function share(time_s: number, scale_s: number): string {
  return `${Math.min(100, (100 * time_s) / Math.max(scale_s, 0.001)).toFixed(3)}%`;
}

declare global {
  interface HTMLElementTagNameMap {
    "gs-seek-bar": SeekBar;
  }
}

customElements.define("gs-seek-bar", SeekBar);
