/** Records from the microphone or the camera, and shows the time, the level and the live picture meanwhile. */
import { html, nothing, type TemplateResult } from "lit";
import { hasPictures, type Medium } from "../../contract/medium.ts";
import { LevelMeter } from "../../media-capture/level.ts";
import { BROWSER, Recorder, type Phase } from "../../media-capture/recorder.ts";
import { explainRefusal } from "../../media-capture/refusal.ts";
import { clockTime } from "../../state/trim.ts";
import { words } from "../../words.ts";
import { captureWords } from "../../media-capture/capture-words.ts";
import { icon } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import { styled } from "../styled.ts";
import "../../style/recording.css";

const TICK_MS = 80;

/** The number of levels shown, oldest first. */
const LEVELS = 32;

/** Recordings are kept in the page's memory, so they end after an hour. */
const LONGEST_S = 3600;

function describePhase(phase: Phase): string {
  return phase === "idle" || phase === "ending" ? "" : captureWords()[phase];
}

class Capture extends LightElement {
  static override properties = {
    medium: { attribute: false },
    format: { attribute: false },
    longestS: { attribute: false },
    name: { attribute: false },
    again: { attribute: false },
    elapsedS: { state: true },
    levels: { state: true },
  };
  declare medium: Medium;
  declare format: string;
  declare longestS: number | null;
  declare name: string;
  /** Whether there is a recording that a new one would replace. */
  declare again: boolean;
  /** Called when a recording ends, with its file; null when nothing was recorded. */
  declare finished: (recording: Promise<File | null>) => void;
  /** Called with the reason why a device cannot be used, and with "" to clear it. */
  declare refused: (reason: string) => void;
  /** Called when the use of a device begins and ends. */
  declare busy: (isBusy: boolean) => void;
  declare elapsedS: number;
  declare levels: readonly number[];
  private readonly tick = { timer: 0, sinceMs: 0 };
  private meter: LevelMeter | null = null;
  private recorder: Recorder | null = null;
  private hadFocus = false;

  constructor() {
    super();
    this.again = false;
    this.elapsedS = 0;
    this.levels = [];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
  }

  protected override willUpdate(): void {
    this.hadFocus = this.contains(document.activeElement);
  }

  override render(): TemplateResult {
    // Always present: screen readers announce changes of a live region, but not a region that appears.
    const status = html`<span class="visually-hidden" role="status">${describePhase(this.phase)}</span>`;
    return html`${this.controls()}${status}`;
  }

  protected override updated(): void {
    const finder = this.querySelector<HTMLVideoElement>(".clip-player");
    const stream = this.recorder?.stream ?? null;
    // Assigning a stream restarts it, so it is not part of the template, which is rendered often.
    if (finder !== null && finder.srcObject !== stream) finder.srcObject = stream;
    // The button that was pressed is gone: move the focus to the one that replaced it.
    if (this.hadFocus && !this.contains(document.activeElement)) this.querySelector("button")?.focus();
  }

  /** End a recording in progress, as its button does. */
  finish(): void {
    if (this.phase === "recording") this.end();
  }

  private get phase(): Phase {
    return this.recorder?.phase ?? "idle";
  }

  private controls(): TemplateResult {
    switch (this.phase) {
      case "idle":
        return this.offer();
      case "asking":
        return html`<div class="capture-row">
          <span class="capture-words">${captureWords().asking}</span>${this.cancelButton()}
        </div>`;
      case "ready":
      case "recording":
      case "ending":
        // One template for all three, so that the live picture is kept when the recording begins.
        return html`${this.viewfinder()}
          <div class="capture-row">
            ${this.phase === "ready" ? this.waiting() : this.running()} ${this.cancelButton()}
          </div>`;
    }
  }

  private offer(): TemplateResult {
    const isFilmed = hasPictures(this.medium);
    const first = isFilmed ? words.pictures.useCamera : words.inputs.record;
    const label = this.again ? captureWords().recordAgain : first;
    return html`<button
      class="small capture-offer"
      type="button"
      aria-label=${words.inputs.forInput(label, this.name)}
      @click=${this.open}
    >
      ${icon(isFilmed ? "camera" : "microphone")} ${label}
    </button>`;
  }

  private viewfinder(): unknown {
    if (!hasPictures(this.medium)) return nothing;
    return html`<video
      class="clip-player"
      muted
      autoplay
      playsinline
      .muted=${true}
      aria-label=${captureWords().cameraPicture}
    ></video>`;
  }

  private waiting(): TemplateResult {
    return html`<button class="small record" type="button" @click=${this.begin}>
      <span class="record-sign" aria-hidden="true"></span> ${words.inputs.record}
    </button>`;
  }

  private running(): TemplateResult {
    const bars = this.levels.map((level) => html`<i ${styled({ "--level": level.toFixed(2) })}></i>`);
    const left = this.longestS === null ? nothing : captureWords().outOf(clockTime(this.longestS, LONGEST_S));
    return html`<span class="record-sign" aria-hidden="true"></span>
      <span class="figures capture-time">${clockTime(this.elapsedS, LONGEST_S)}${left}</span>
      <span class="levels" aria-hidden="true">${bars}</span>
      <button
        class="small stop"
        type="button"
        aria-label=${captureWords().stopFor(this.name)}
        @click=${this.end}
      >
        ${icon("stop")} ${captureWords().stop}
      </button>`;
  }

  private cancelButton(): TemplateResult {
    return html`<button
      class="tool"
      type="button"
      title=${captureWords().discard}
      aria-label=${captureWords().discardFor(this.name)}
      @click=${this.close}
    >
      ${icon("cross")}
    </button>`;
  }

  private readonly open = async (): Promise<void> => {
    this.refused("");
    this.busy(true);
    this.recorder ??= new Recorder(this.medium, BROWSER, () => {
      this.requestUpdate();
    });
    try {
      const isOpen = await this.recorder.open();
      // Sound needs no preview: recording starts at once.
      if (isOpen && !hasPictures(this.medium)) this.begin();
    } catch (reason) {
      this.fail(reason);
    }
  };

  private readonly begin = (): void => {
    const { recorder } = this;
    const stream = recorder?.stream ?? null;
    if (recorder === null || stream === null) return;
    try {
      if (stream.getAudioTracks().length > 0) this.meter = new LevelMeter(stream);
      recorder.begin(this.format);
    } catch (reason) {
      this.fail(reason);
      return;
    }
    // A recording ends when its device is unplugged.
    for (const track of stream.getTracks()) track.addEventListener("ended", this.end);
    this.levels = Array.from({ length: LEVELS }, () => 0);
    this.elapsedS = 0;
    this.tick.sinceMs = performance.now();
    this.tick.timer = window.setInterval(this.show, TICK_MS);
  };

  private readonly show = (): void => {
    this.elapsedS = (performance.now() - this.tick.sinceMs) / 1000;
    this.levels = [...this.levels.slice(1), this.meter?.read() ?? 0];
    if (this.elapsedS >= (this.longestS ?? LONGEST_S)) this.end();
  };

  private readonly end = (): void => {
    const { recorder } = this;
    if (recorder?.phase !== "recording") return;
    this.rest();
    this.finished(recorder.end());
  };

  private readonly close = (): void => {
    this.rest();
    this.recorder?.close();
    this.busy(false);
  };

  private rest(): void {
    window.clearInterval(this.tick.timer);
    this.meter?.close();
    this.meter = null;
  }

  private fail(reason: unknown): void {
    this.close();
    this.refused(explainRefusal(this.medium, reason));
  }
}

export type CaptureElement = Capture;

customElements.define("gs-capture", Capture);
