/**
 * The tab's one connection: keeps what is subscribed across links that come and go.
 *
 * WebSocket first; when it twice does not open, the multiplexed feed. Whatever carries them, each
 * run's events are handed on in order and once: known ones are dropped, a gap is asked for again.
 */
import type { CatalogMessage, Message, RunMessage } from "../contract/event.ts";
import { backoffMs } from "./backoff.ts";
import type { CatalogReader, Link, OpenLink, RunReader, Status, Undo, Wants } from "./types.ts";

/** A proxy that refuses an upgrade refuses it twice; one failure may be a server that restarts. */
const SOCKET_FAILURES = 2;
/** How long the feed is kept before a broken link tries the WebSocket again: networks change. */
const FEED_STAY_MS = 300_000;

const TERMINAL = new Set(["succeeded", "failed", "canceled"]);

interface Subscription {
  readonly reader: RunReader;
  seq: number;
  /** A gap was asked for again: a server that cannot fill it is asked once. */
  asked: boolean;
}

export interface Ways {
  readonly socket: OpenLink;
  readonly feed: OpenLink;
  /** Since when the feed is used, in milliseconds since 1970, as an earlier page of this tab found; 0 for never. */
  readonly feedSince: number;
  readonly keepFeedSince: (moment: number) => void;
}

export class Connection {
  private readonly runs = new Map<string, Subscription>();
  private readonly statusReaders = new Set<(status: Status) => void>();
  private catalogReader: CatalogReader | null = null;
  private catalogVersion: number | null = null;
  private link: Link | null = null;
  private attempt = 0;
  private socketFailures: number;
  private feedSince: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private current: Status = "connecting";

  constructor(private readonly ways: Ways) {
    this.feedSince = ways.feedSince;
    this.socketFailures = ways.feedSince === 0 ? 0 : SOCKET_FAILURES;
  }

  onStatus(reader: (status: Status) => void): Undo {
    this.statusReaders.add(reader);
    return () => this.statusReaders.delete(reader);
  }

  /** Hear a run's events with numbers over `after`. One reader a run: a second takes the first's place. */
  watchRun(run: string, after: number, reader: RunReader): Undo {
    const subscription: Subscription = { reader, seq: after, asked: false };
    this.runs.set(run, subscription);
    if (this.link === null) this.open();
    else this.link.subscribe(run, after);
    return () => {
      if (this.runs.get(run) === subscription) this.drop(run);
    };
  }

  watchCatalog(version: number, reader: CatalogReader): Undo {
    this.catalogReader = reader;
    this.catalogVersion = version;
    if (this.link === null) this.open();
    else this.link.watchCatalog(version);
    return () => {
      this.catalogReader = null;
      this.catalogVersion = null;
    };
  }

  /** The network came back: what was open may be dead without having said so. */
  renew(): void {
    if (!this.isWanted()) return;
    this.attempt = 0;
    this.leave();
    this.open();
  }

  private drop(run: string): void {
    this.runs.delete(run);
    this.link?.unsubscribe(run);
  }

  private isWanted(): boolean {
    return this.runs.size > 0 || this.catalogReader !== null;
  }

  private wants(): Wants {
    const runs = new Map([...this.runs].map(([run, { seq }]) => [run, seq]));
    return { runs, catalog: this.catalogVersion };
  }

  private open(): void {
    clearTimeout(this.timer);
    const overSocket = this.isSocketTurn();
    const openLink = overSocket ? this.ways.socket : this.ways.feed;
    let opened = false;
    const link = openLink(() => this.wants(), {
      opened: () => {
        opened = true;
        this.attempt = 0;
        if (overSocket) this.welcomeSocket();
        this.tell("open");
      },
      messages: (batch) => {
        this.take(batch, link);
      },
      closed: () => {
        if (this.link !== link) return;
        this.link = null;
        if (overSocket && !opened) this.countSocketFailure();
        this.reopenLater();
      },
    });
    this.link = link;
  }

  private isSocketTurn(): boolean {
    if (this.socketFailures < SOCKET_FAILURES) return true;
    if (Date.now() - this.feedSince < FEED_STAY_MS) return false;
    this.socketFailures = SOCKET_FAILURES - 1;
    return true;
  }

  private countSocketFailure(): void {
    this.socketFailures += 1;
    if (this.socketFailures < SOCKET_FAILURES) return;
    this.feedSince = Date.now();
    this.ways.keepFeedSince(this.feedSince);
  }

  private welcomeSocket(): void {
    this.socketFailures = 0;
    if (this.feedSince !== 0) this.ways.keepFeedSince(0);
    this.feedSince = 0;
  }

  private reopenLater(): void {
    if (!this.isWanted()) return;
    this.tell("lost");
    this.timer = setTimeout(
      () => {
        this.open();
      },
      backoffMs(this.attempt, Math.random),
    );
    this.attempt += 1;
  }

  private tell(status: Status): void {
    if (status === this.current) return;
    this.current = status;
    for (const reader of this.statusReaders) reader(status);
  }

  private take(batch: readonly Message[], link: Link): void {
    for (const message of batch) {
      // A gap in the middle of a batch ends the link, and with it the rest of the batch.
      if (this.link !== link) return;
      if (message.about === "run") this.takeEvent(message);
      else if (message.about === "catalog") this.takeCatalog(message);
      else this.takeGone(message.run);
    }
  }

  private takeCatalog(message: CatalogMessage): void {
    this.catalogVersion = message.version;
    this.catalogReader?.(message);
  }

  private takeGone(run: string): void {
    const subscription = this.runs.get(run);
    this.runs.delete(run);
    subscription?.reader.gone();
  }

  private takeEvent(message: RunMessage): void {
    const subscription = this.runs.get(message.run);
    if (subscription === undefined || message.seq <= subscription.seq) return;
    const isNext = message.seq === subscription.seq + 1 || message.event.type === "snapshot";
    if (!isNext && !subscription.asked) {
      subscription.asked = true;
      this.reconnect();
      return;
    }
    // A gap that a new link shows too is passed over: going on beats standing still.
    subscription.asked = false;
    subscription.seq = message.seq;
    if (TERMINAL.has(message.event.type)) this.drop(message.run);
    subscription.reader.event(message);
  }

  /** Leave this link for a new one, which asks for everything after what is known. */
  private reconnect(): void {
    this.leave();
    this.reopenLater();
  }

  private leave(): void {
    const link = this.link;
    this.link = null;
    link?.close();
  }
}
