/**
 * The tab's one connection: keeps its subscriptions across links that come and go.
 *
 * WebSocket first; if that fails to open twice, the multiplexed feed. Over both, each run's events are
 * passed on in order and once: known ones are dropped, and after a gap the missing ones are requested again.
 */
import type { CatalogMessage, Message, RunMessage } from "../contract/event.ts";
import { backoffMs } from "./backoff.ts";
import { Silence } from "./silence.ts";
import {
  TERMINAL,
  type CatalogReader,
  type Link,
  type OpenLink,
  type RunReader,
  type Status,
  type Subscriptions,
  type Undo,
} from "./types.ts";

/** A proxy that refuses an upgrade does so twice; a single failure may be a server that restarts. */
const SOCKET_FAILURES = 2;
/** After this time on the feed, a broken link tries the WebSocket again: networks change. */
const FEED_STAY_MS = 300_000;

/** Signs of life that do not come before the connection counts as dead. */
const MISSED_SIGNS = 3;
/** A page that comes back within this time of hearing something has a connection that works. */
const JUST_HEARD_MS = 1_000;

interface Subscription {
  readonly reader: RunReader;
  seq: number;
  /** Whether missing events were requested again: a server that does not have them is asked once. */
  isRequested: boolean;
}

export interface ConnectionOptions {
  readonly socket: OpenLink;
  readonly feed: OpenLink;
  /** How often the server sends a sign of life. */
  readonly heartbeat_ms: number;
  /** A new name for this page as a reader of runs. */
  readonly newReader: () => string;
  /** Send the word that a reader leaves runs, also from a page that is being closed. */
  readonly leave: (reader: string, runs: readonly string[]) => void;
  /** When an earlier page of this tab switched to the feed, in milliseconds since 1970; 0 if none did. */
  readonly feedSince: number;
  readonly keepFeedSince: (moment: number) => void;
}

export class Connection {
  private readonly runs = new Map<string, Subscription>();
  private readonly statusReaders = new Set<(status: Status) => void>();
  private readonly openReaders = new Set<() => void>();
  private readonly silence: Silence;
  private catalogReader: CatalogReader | null = null;
  private catalogVersion: number | null = null;
  private link: Link | null = null;
  private attempt = 0;
  private socketFailures: number;
  private feedSince: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private current: Status = "connecting";
  private reader: string;
  private isOverSocket = false;
  /** Whether the page is left, so that nothing is opened. */
  private isLeft = false;

  constructor(private readonly options: ConnectionOptions) {
    this.reader = options.newReader();
    this.silence = new Silence(MISSED_SIGNS * options.heartbeat_ms, this.renew);
    this.feedSince = options.feedSince;
    this.socketFailures = options.feedSince === 0 ? 0 : SOCKET_FAILURES;
  }

  onStatus(reader: (status: Status) => void): Undo {
    this.statusReaders.add(reader);
    return () => this.statusReaders.delete(reader);
  }

  /** Call back whenever a link is open: requests may succeed again, though nothing was noticed meanwhile. */
  onOpened(reader: () => void): Undo {
    this.openReaders.add(reader);
    return () => this.openReaders.delete(reader);
  }

  /** Read a run's events with numbers over `after`. A run has one reader: a second replaces the first. */
  watchRun(run: string, after: number, reader: RunReader): Undo {
    const subscription: Subscription = { reader, seq: after, isRequested: false };
    this.runs.set(run, subscription);
    if (this.link === null) this.open();
    else this.link.subscribe(run, after);
    return () => {
      if (this.runs.get(run) !== subscription) return;
      if (this.link === null) this.options.leave(this.reader, [run]);
      this.unsubscribe(run);
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

  /** Open another link at once: the open one may be dead without a sign of it. */
  readonly renew = (): void => {
    if (this.isLeft || !this.hasSubscriptions()) return;
    this.attempt = 0;
    this.closeLink("replaced");
    this.open();
  };

  /** The page is here again, after a sleep or from another tab. */
  readonly wake = (): void => {
    // A browser may take a page for left that a visitor then sees again.
    if (this.isLeft) this.comeBack();
    else if (this.link === null || this.silence.length_ms > JUST_HEARD_MS) this.renew();
  };

  /** The page is about to be frozen: what is open would stand still, and keep others waiting. */
  readonly rest = (): void => {
    clearTimeout(this.timer);
    this.closeLink("replaced");
  };

  /** The page is left: say so, because a run is kept longer for a page that only fell silent. */
  readonly leave = (): void => {
    if (this.isLeft) return;
    this.isLeft = true;
    clearTimeout(this.timer);
    // A feed says it by itself; a socket may be gone, or not open yet.
    if (this.runs.size > 0 && (this.link === null || this.isOverSocket))
      this.options.leave(this.reader, [...this.runs.keys()]);
    this.closeLink("left");
  };

  /** A page that was left is shown again, as it was. */
  readonly comeBack = (): void => {
    if (!this.isLeft) return;
    this.isLeft = false;
    this.reader = this.options.newReader();
    this.renew();
  };

  private unsubscribe(run: string): void {
    this.runs.delete(run);
    this.link?.unsubscribe(run);
  }

  private hasSubscriptions(): boolean {
    return this.runs.size > 0 || this.catalogReader !== null;
  }

  private subscriptions(): Subscriptions {
    const runs = new Map([...this.runs].map(([run, { seq }]) => [run, seq]));
    return { reader: this.reader, runs, catalog: this.catalogVersion };
  }

  private open(): void {
    if (this.isLeft) return;
    clearTimeout(this.timer);
    this.silence.heard();
    const overSocket = this.shouldTrySocket();
    this.isOverSocket = overSocket;
    const openLink = overSocket ? this.options.socket : this.options.feed;
    let opened = false;
    const link = openLink(() => this.subscriptions(), {
      opened: () => {
        opened = true;
        this.attempt = 0;
        this.silence.heard();
        if (overSocket) this.noteSocketOpened();
        this.report("open");
        for (const reader of this.openReaders) reader();
      },
      alive: () => {
        if (this.link === link) this.silence.heard();
      },
      messages: (batch) => {
        this.receive(batch, link);
      },
      closed: () => {
        if (this.link !== link) return;
        this.link = null;
        if (overSocket && !opened) this.noteSocketFailure();
        this.reopenLater();
      },
    });
    this.link = link;
  }

  private shouldTrySocket(): boolean {
    if (this.socketFailures < SOCKET_FAILURES) return true;
    if (Date.now() - this.feedSince < FEED_STAY_MS) return false;
    this.socketFailures = SOCKET_FAILURES - 1;
    return true;
  }

  private noteSocketFailure(): void {
    this.socketFailures += 1;
    if (this.socketFailures < SOCKET_FAILURES) return;
    this.feedSince = Date.now();
    this.options.keepFeedSince(this.feedSince);
  }

  private noteSocketOpened(): void {
    this.socketFailures = 0;
    if (this.feedSince !== 0) this.options.keepFeedSince(0);
    this.feedSince = 0;
  }

  private reopenLater(): void {
    this.silence.end();
    if (this.isLeft || !this.hasSubscriptions()) return;
    this.report("lost");
    this.timer = setTimeout(
      () => {
        this.open();
      },
      backoffMs(this.attempt, Math.random),
    );
    this.attempt += 1;
  }

  private report(status: Status): void {
    if (status === this.current) return;
    this.current = status;
    for (const reader of this.statusReaders) reader(status);
  }

  private receive(batch: readonly Message[], link: Link): void {
    for (const message of batch) {
      // A gap within a batch replaces the link, and the rest of the batch with it.
      if (this.link !== link) return;
      if (message.about === "run") this.receiveEvent(message);
      else if (message.about === "catalog") this.receiveCatalog(message);
      else this.receiveGone(message.run);
    }
  }

  private receiveCatalog(message: CatalogMessage): void {
    this.catalogVersion = message.version;
    this.catalogReader?.(message);
  }

  private receiveGone(run: string): void {
    const subscription = this.runs.get(run);
    this.runs.delete(run);
    subscription?.reader.gone();
  }

  private receiveEvent(message: RunMessage): void {
    const subscription = this.runs.get(message.run);
    if (subscription === undefined || message.seq <= subscription.seq) return;
    const isNext = message.seq === subscription.seq + 1 || message.event.type === "snapshot";
    if (!isNext && !subscription.isRequested) {
      subscription.isRequested = true;
      this.reconnect();
      return;
    }
    // A gap that is there on a new link too is accepted: otherwise the run would never continue.
    subscription.isRequested = false;
    subscription.seq = message.seq;
    if (TERMINAL.has(message.event.type)) this.unsubscribe(message.run);
    subscription.reader.event(message);
  }

  /** Replace the link; the new one requests everything after what is known. */
  private reconnect(): void {
    this.closeLink("replaced");
    this.reopenLater();
  }

  private closeLink(why: "left" | "replaced"): void {
    const link = this.link;
    this.link = null;
    this.silence.end();
    link?.close(why);
  }
}
