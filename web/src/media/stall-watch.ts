/** Watches that an element which plays moves on, and says what it is waiting for when it does not. */
import { bufferedAhead } from "./buffer-policy.ts";
import { spansOf } from "./source-buffer.ts";
import { STUCK_AFTER_MS, stallOf, TOLD_AFTER_MS, type Stall } from "./stall.ts";

/** How far the stream or clip reaches by now, and whether more will be announced. */
export interface Reach {
  readonly end_s: number;
  readonly isOver: boolean;
}

export class StallWatch {
  stall: Stall = "none";
  private position_s = 0;
  /** Null while it is paused. */
  private movedAt: number | null = null;
  private hasBegun = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly element: HTMLMediaElement,
    private readonly reach: () => Reach,
    private readonly changed: () => void,
  ) {}

  /** Something else is played from now on. */
  restart(): void {
    this.hasBegun = false;
    this.moved();
  }

  /** Something has happened to the element, or to what it plays. */
  look(): void {
    const { paused, ended, currentTime } = this.element;
    if (paused || ended) {
      this.close();
      this.movedAt = null;
      return;
    }
    if (currentTime !== this.position_s) {
      this.hasBegun = true;
      this.moved();
    } else if (this.movedAt === null) this.moved();
    else this.judge(performance.now() - this.movedAt);
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.stall = "none";
  }

  private moved(): void {
    this.close();
    this.position_s = this.element.currentTime;
    this.movedAt = performance.now();
    this.judgeAfter(TOLD_AFTER_MS);
  }

  private judgeAfter(wait_ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const before = this.stall;
      this.look();
      if (this.stall !== before) this.changed();
    }, wait_ms);
  }

  private judge(stood_ms: number): void {
    const { element, hasBegun, position_s } = this;
    const { end_s, isOver } = this.reach();
    const ready_s = bufferedAhead(spansOf(element.buffered), position_s);
    const missing_s = end_s - position_s - ready_s;
    this.stall = stallOf({ stood_ms, hasBegun, isOver, ready_s, missing_s });
    const next_ms = [TOLD_AFTER_MS, STUCK_AFTER_MS].find((limit_ms) => limit_ms > stood_ms);
    if (next_ms !== undefined) this.judgeAfter(next_ms - stood_ms);
  }
}
