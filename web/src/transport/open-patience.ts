/**
 * How long a feed may take to open.
 *
 * A browser sends a request over a connection that it has kept, and if the line is dead it is never answered; each
 * that is given up takes one such connection away. When as many as a browser keeps were given up, it is the server
 * or a proxy that is slow.
 */
const SHORT_MS = 4_000;
const LONG_MS = 20_000;
const KEPT = 6;

export class OpenPatience {
  private givenUp = 0;

  get limit_ms(): number {
    return this.givenUp < KEPT ? SHORT_MS : LONG_MS;
  }

  giveUp(): void {
    this.givenUp += 1;
  }

  opened(): void {
    this.givenUp = 0;
  }
}
