/** Puts off what is done after a change until no other follows, or until it is asked for. */

/** Between two strokes of one drawing hands rest for less. */
const REST_MS = 400;

export class Resting {
  private timer = 0;
  private waiting: (() => void) | null = null;

  later(done: () => void): void {
    this.drop();
    this.waiting = done;
    this.timer = window.setTimeout(this.now, REST_MS);
  }

  readonly now = (): void => {
    const { waiting } = this;
    this.drop();
    waiting?.();
  };

  drop(): void {
    window.clearTimeout(this.timer);
    this.waiting = null;
  }
}
