/** Keeps a growing box scrolled to its end until the visitor scrolls up. */
import type { Undo } from "../../transport/types.ts";

/** Closer than this counts as the end: touch scrolling and rounding stop a little short of it. */
const NEAR_PX = 32;

export class ScrollEnd {
  private isAtEnd = true;

  constructor(
    private readonly box: HTMLElement,
    private readonly report: (isAtEnd: boolean) => void,
  ) {}

  /** Scroll whenever the content grows. The observer fires after layout, so that no layout is forced. */
  follow(content: HTMLElement): Undo {
    const observer = new ResizeObserver(() => {
      if (this.isAtEnd) this.box.scrollTop = this.box.scrollHeight;
    });
    observer.observe(content);
    this.box.addEventListener("scroll", this.measure, { passive: true });
    return () => {
      observer.disconnect();
      this.box.removeEventListener("scroll", this.measure);
    };
  }

  toEnd(): void {
    this.box.scrollTo({ top: this.box.scrollHeight });
    this.move(true);
  }

  private readonly measure = (): void => {
    const { scrollTop, clientHeight, scrollHeight } = this.box;
    this.move(scrollHeight - scrollTop - clientHeight <= NEAR_PX);
  };

  private move(isAtEnd: boolean): void {
    if (isAtEnd === this.isAtEnd) return;
    this.isAtEnd = isAtEnd;
    this.report(isAtEnd);
  }
}
