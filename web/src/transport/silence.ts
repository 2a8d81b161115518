/** Calls back when nothing was heard for too long. */
export class Silence {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private heardAt = 0;

  constructor(
    private readonly limit_ms: number,
    private readonly fellSilent: () => void,
  ) {}

  /** By the clock of the wall: a computer that sleeps stops the others. */
  get length_ms(): number {
    return Date.now() - this.heardAt;
  }

  /** Something was heard, or is expected from now on. */
  heard(): void {
    this.heardAt = Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(this.fellSilent, this.limit_ms);
  }

  /** Expect nothing. */
  end(): void {
    clearTimeout(this.timer);
  }
}
