/** Keeps a growing box scrolled to its end, until the visitor scrolls up to read. */
import type { Undo } from "../../transport/types.ts";

/** A finger or a rounded pixel may stop a little short of the end. */
const NEAR_PX = 32;

export class ScrollEnd {
  private isAtEnd = true;

  constructor(
    private readonly box: HTMLElement,
    private readonly told: (isAtEnd: boolean) => void,
  ) {}

  /** Follow the content's growth. The observer fires after layout, so that nothing is laid out twice. */
  follow(content: HTMLElement): Undo {
    const observer = new ResizeObserver(() => {
      if (this.isAtEnd) this.box.scrollTop = this.box.scrollHeight;
    });
    observer.observe(content);
    this.box.addEventListener("scroll", this.look, { passive: true });
    return () => {
      observer.disconnect();
      this.box.removeEventListener("scroll", this.look);
    };
  }

  toEnd(): void {
    this.box.scrollTo({ top: this.box.scrollHeight });
    this.tell(true);
  }

  private readonly look = (): void => {
    const { scrollTop, clientHeight, scrollHeight } = this.box;
    this.tell(scrollHeight - scrollTop - clientHeight <= NEAR_PX);
  };

  private tell(isAtEnd: boolean): void {
    if (isAtEnd === this.isAtEnd) return;
    this.isAtEnd = isAtEnd;
    this.told(isAtEnd);
  }
}
