/** The few words at the right of an output's head: how far the run is, in figures that do not dance. */
import { html, type TemplateResult } from "lit";
import type { PlaybackStats } from "../media/playback-stats.ts";
import { isActive, type TrackedRun } from "../state/tracked-run.ts";
import type { Readable } from "../state/store.ts";
import { describeRun } from "../state/status.ts";
import { words } from "../words.ts";
import { LightElement } from "./light-element.ts";

/** Nobody reads faster, and counting the words of a long text each frame would cost. */
const EVERY_MS = 100;

class RunStatus extends LightElement {
  static override properties = {
    tracked: { attribute: false },
    size: { attribute: false },
    stats: { attribute: false },
  };
  declare tracked: TrackedRun;
  /** How much the output has; asked for when it is drawn, because counting costs. */
  declare size: () => string;
  /** What the output's player reports, if it has one. */
  declare stats: Readable<PlaybackStats | null>;
  private timer: ReturnType<typeof setInterval> | undefined;
  private drawnAt = 0;
  private drawnStatus = "";

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.timer = undefined;
  }

  protected override shouldUpdate(): boolean {
    this.keepTime();
    const isSame = this.tracked.state.status === this.drawnStatus;
    return !isSame || !isActive(this.tracked) || performance.now() - this.drawnAt >= EVERY_MS - 20;
  }

  override render(): TemplateResult {
    this.drawnAt = performance.now();
    this.drawnStatus = this.tracked.state.status;
    const { isResumed } = this.tracked;
    const text = describeRun(this.tracked, this.size(), Date.now(), this.stats.value);
    const isBad = this.drawnStatus === "failed" || this.tracked.refusal !== null;
    return html`<span class="state ${isBad ? "bad" : ""}" title=${text}
      >${isResumed && isActive(this.tracked) ? words.outputs.resumed(text) : text}</span
    >`;
  }

  /** The clock runs only while the run does. */
  private keepTime(): void {
    if (!isActive(this.tracked)) {
      clearInterval(this.timer);
      this.timer = undefined;
      return;
    }
    this.timer ??= setInterval(() => {
      this.requestUpdate();
    }, EVERY_MS);
  }
}

customElements.define("gs-run-status", RunStatus);
