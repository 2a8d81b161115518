/** The status of a run in the header of an output, with figures of constant width. */
import { html, type TemplateResult } from "lit";
import type { PlaybackStats } from "../media/playback-stats.ts";
import { isActive, type TrackedRun } from "../state/tracked-run.ts";
import type { Readable } from "../state/store.ts";
import { describeRun } from "../state/status.ts";
import { words } from "../words.ts";
import { LightElement } from "./light-element.ts";

/** Figures that change faster cannot be read, and counting the words of a long text has a cost. */
const EVERY_MS = 100;

class RunStatus extends LightElement {
  static override properties = {
    tracked: { attribute: false },
    size: { attribute: false },
    stats: { attribute: false },
    isDisconnected: { attribute: false },
  };
  declare tracked: TrackedRun;
  /** Returns the size of the output; called when it is rendered, because counting has a cost. */
  declare size: () => string;
  /** What the output's player reports, if it has one. */
  declare stats: Readable<PlaybackStats | null>;
  /** Whether the connection is lost: then the clock stands, because nothing is known of the run. */
  declare isDisconnected: boolean;
  private timer: ReturnType<typeof setInterval> | undefined;
  private drawnAt = 0;
  private drawnStatus = "";
  private drawnLost = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.timer = undefined;
  }

  protected override shouldUpdate(): boolean {
    this.keepTime();
    const isSame = this.tracked.state.status === this.drawnStatus && this.isDisconnected === this.drawnLost;
    return !isSame || !isActive(this.tracked) || performance.now() - this.drawnAt >= EVERY_MS - 20;
  }

  override render(): TemplateResult {
    this.drawnAt = performance.now();
    this.drawnStatus = this.tracked.state.status;
    this.drawnLost = this.isDisconnected;
    const { isResumed } = this.tracked;
    const text = describeRun(this.tracked, this.size(), Date.now(), this.stats.value, this.isDisconnected);
    const isBad = this.drawnStatus === "failed" || this.tracked.refusal !== null || this.tracked.isLost;
    return html`<span class="state ${isBad ? "bad" : ""}" title=${text}
      >${isResumed && isActive(this.tracked) ? words.outputs.resumed(text) : text}</span
    >`;
  }

  /** Run the timer while the run is active and its events can arrive. */
  private keepTime(): void {
    if (!isActive(this.tracked) || this.isDisconnected) {
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
