/**
 * Keeps a growing box scrolled to its end until the visitor scrolls up.
 *
 * What arrives in one piece is shown from its beginning, also when it is higher than the box: the box is never scrolled
 * past the place where the latest piece begins.
 */
import type { Undo } from "../../transport/types.ts";

/** Closer than this counts as the end: touch scrolling and rounding stop a little short of it. */
const NEAR_PX = 32;

export class ScrollEnd {
  private isFollowing = true;
  /** Where the latest piece begins, in pixels from the top of the content. */
  private start: number;
  /** How high the content was when it was drawn last. */
  private height = 0;
  /** The position that was set last: a scroll event from anywhere else is the visitor's. */
  private position = 0;

  constructor(
    private readonly box: HTMLElement,
    private readonly opensAtEnd: boolean,
    private readonly report: (isFollowing: boolean) => void,
  ) {
    this.start = opensAtEnd ? Infinity : 0;
    this.anchor();
  }

  /**
   * Scroll whenever the content grows: in the next frame, since WebKit may find other sizes where the box is asked or
   * scrolled at once, and reports a loop.
   */
  follow(content: HTMLElement): Undo {
    let frame = 0;
    const observer = new ResizeObserver(([entry]) => {
      this.height = entry?.contentRect.height ?? 0;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        if (this.isFollowing) this.scroll();
      });
    });
    observer.observe(content);
    this.box.addEventListener("scroll", this.measure, { passive: true });
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      this.box.removeEventListener("scroll", this.measure);
    };
  }

  /** Tell that a piece was added to what the box shows. */
  append(): void {
    this.start = this.height;
  }

  /** Tell that what the box shows was replaced by another value, which begins at its top. */
  replace(): void {
    this.start = 0;
  }

  /** Tell that the box shows the value of another run, wherever the visitor had scrolled in the last one. */
  restart(): void {
    this.replace();
    this.move(true);
  }

  toEnd(): void {
    this.start = this.box.scrollHeight;
    this.move(true);
    this.scroll();
  }

  private scroll(): void {
    const end = this.box.scrollHeight - this.box.clientHeight;
    this.position = Math.max(0, Math.min(end, this.start - NEAR_PX));
    this.box.scrollTop = this.position;
  }

  private readonly measure = (): void => {
    const { scrollTop, clientHeight, scrollHeight } = this.box;
    if (Math.abs(scrollTop - this.position) <= 1) return;
    this.position = scrollTop;
    const isAtEnd = scrollHeight - scrollTop - clientHeight <= NEAR_PX;
    // The browser scrolls too, when messages are found to be lower than it had assumed: more may be drawn above them.
    if (isAtEnd) this.start = this.opensAtEnd ? Infinity : scrollHeight;
    this.move(isAtEnd);
  };

  private move(isFollowing: boolean): void {
    if (isFollowing === this.isFollowing) return;
    this.isFollowing = isFollowing;
    this.anchor();
    this.report(isFollowing);
  }

  /** Let the browser hold the place of what is read only where nothing is followed: it would scroll as a visitor does. */
  private anchor(): void {
    this.box.style.setProperty("overflow-anchor", this.isFollowing ? "none" : "auto");
  }
}
