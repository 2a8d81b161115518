/**
 * One feed for all tabs of a browser, which opens only six connections to a host over HTTP/1.1.
 *
 * The tab that holds a lock leads: it reads the feed and passes on what comes. The others wait for the lock, so
 * that one of them leads as soon as the leader is gone, and take it from a leader that does not answer.
 */
import type { Message } from "../contract/event.ts";
import { FeedLeader, type OpenStream } from "./feed-leader.ts";
import type { LeaderMessage, TabChannel, TabMessage, Tabs } from "./tabs.ts";
import { TERMINAL, type Link, type LinkCallbacks, type Subscriptions } from "./types.ts";

/** A leader answers at once, also in a hidden tab; one that is frozen, or shows a dialog, does not. */
const ANSWER_WITHIN_MS = 3_000;

/** What is missing is on its way for about as long as this. */
const ASK_EVERY_MS = 1_000;
const ASK_TIMES = 3;

class SharedFeedLink implements Link {
  private readonly channel: TabChannel;
  private readonly runs: Map<string, number>;
  private catalog: number | null;
  private reader: string;
  private leader: FeedLeader | null = null;
  /** Aborted when this link ends: then it holds no lock and waits for none. */
  private readonly end = new AbortController();
  private readonly waiting = new AbortController();
  private readonly answerTimer: ReturnType<typeof setTimeout>;
  private isPosting = false;
  /** How often, and when, what is missing of a run was asked for. */
  private readonly asked = new Map<string, { readonly times: number; readonly at: number }>();

  constructor(
    private readonly tab: string,
    private readonly tabs: Tabs,
    private readonly openStream: OpenStream,
    private readonly callbacks: LinkCallbacks,
    subscriptions: Subscriptions,
  ) {
    this.runs = new Map(subscriptions.runs);
    this.catalog = subscriptions.catalog;
    this.reader = subscriptions.reader;
    this.channel = tabs.open(this.receive);
    this.answerTimer = setTimeout(this.takeOver, ANSWER_WITHIN_MS);
    this.hold(`${tabs.name}:${tab}`, {}, () => undefined);
    this.hold(tabs.name, { signal: this.waiting.signal }, this.lead);
    this.postWants(true);
  }

  readonly subscribe = (run: string, after: number): void => {
    this.runs.set(run, after);
    this.changed();
  };

  readonly unsubscribe = (run: string): void => {
    if (this.runs.delete(run)) this.changed();
  };

  readonly watchCatalog = (version: number): void => {
    this.catalog = version;
    this.changed();
  };

  readonly close = (why: "left" | "replaced"): void => {
    if (this.end.signal.aborted) return;
    clearTimeout(this.answerTimer);
    if (this.leader !== null) this.leader.close(this.tab, why);
    else if (why === "left") this.channel.post({ kind: "leaves", tab: this.tab });
    this.channel.close();
    this.waiting.abort();
    this.end.abort();
  };

  /** Hold a lock from when it is free until this link ends, or another tab takes it. */
  private hold(name: string, options: { signal?: AbortSignal; steal?: boolean }, granted: () => void): void {
    const held = (): Promise<void> => {
      if (this.end.signal.aborted) return Promise.resolve();
      granted();
      return new Promise((release) => {
        this.end.signal.addEventListener("abort", () => {
          release();
        });
      });
    };
    this.tabs.locks.request(name, options, held).catch((reason: unknown) => {
      // It was given up while it waited, or another tab has taken it: this one follows from now on.
      if (!this.end.signal.aborted && !this.waiting.signal.aborted) console.debug("gradstream: lost", reason);
      if (this.leader !== null) this.fail();
    });
  }

  private readonly lead = (): void => {
    clearTimeout(this.answerTimer);
    const wants = { runs: new Map(this.runs), catalog: this.catalog };
    this.leader = new FeedLeader(this.reader, this.tab, wants, this.openStream, (message) => {
      if (this.end.signal.aborted) return;
      this.channel.post(message);
      if (message.kind !== "asks") this.hear(message);
    });
  };

  private readonly takeOver = (): void => {
    if (this.leader !== null) return;
    this.waiting.abort();
    this.hold(this.tabs.name, { steal: true }, this.lead);
  };

  private readonly receive = (message: TabMessage | LeaderMessage): void => {
    if (this.end.signal.aborted) return;
    if (message.kind === "wants") this.serve(message);
    else if (message.kind === "leaves") this.leader?.forget(message.tab, "left");
    else if (this.leader === null) this.hear(message);
  };

  private serve({ tab, wants, isNew }: TabMessage & { kind: "wants" }): void {
    if (this.leader?.want(tab, wants, isNew) !== true) return;
    // Granted when the tab is gone, with or without a word.
    this.tabs.locks
      .request(`${this.tabs.name}:${tab}`, { signal: this.end.signal }, () => {
        this.leader?.forget(tab, "silent");
        return Promise.resolve();
      })
      .catch(() => {
        // This link has ended, and another leader waits for that tab.
      });
  }

  private hear(message: LeaderMessage): void {
    clearTimeout(this.answerTimer);
    switch (message.kind) {
      case "asks":
        this.postWants(false);
        return;
      case "here":
        this.reader = message.reader;
        return;
      case "open":
        this.reader = message.reader;
        this.callbacks.opened();
        return;
      case "alive":
        this.callbacks.alive();
        return;
      case "batch":
        this.deliver(message.messages);
        return;
      case "closed":
        this.fail();
    }
  }

  /** What other tabs follow is not for this one. */
  private deliver(batch: readonly Message[]): void {
    this.callbacks.alive();
    const own = batch.filter((each) => this.isOwn(each));
    if (own.length > 0) this.callbacks.messages(own);
  }

  private isOwn(message: Message): boolean {
    if (message.about === "catalog") {
      if (this.catalog === null) return false;
      this.catalog = message.version;
      return true;
    }
    const known = this.runs.get(message.run);
    if (known === undefined) return false;
    if (message.about === "gone") return this.runs.delete(message.run);
    if (message.seq > known + 1 && message.event.type !== "snapshot" && this.askAgain(message.run))
      return false;
    this.asked.delete(message.run);
    if (TERMINAL.has(message.event.type)) this.runs.delete(message.run);
    else this.runs.set(message.run, Math.max(message.seq, known));
    return true;
  }

  /**
   * Ask for what is before an event; false when it was asked for in vain, so that the run goes on without it.
   *
   * The leader may be further on with a run that this tab has just begun to follow, and reads it again.
   */
  private askAgain(run: string): boolean {
    const { times, at } = this.asked.get(run) ?? { times: 0, at: 0 };
    const now = Date.now();
    if (now - at < ASK_EVERY_MS) return true;
    if (times === ASK_TIMES) return false;
    this.asked.set(run, { times: times + 1, at: now });
    this.changed();
    return true;
  }

  /** Several changes in one turn are one message. */
  private changed(): void {
    if (this.isPosting) return;
    this.isPosting = true;
    queueMicrotask(() => {
      this.isPosting = false;
      this.postWants(false);
    });
  }

  private postWants(isNew: boolean): void {
    if (this.end.signal.aborted) return;
    const wants = { runs: new Map(this.runs), catalog: this.catalog };
    if (this.leader === null) this.channel.post({ kind: "wants", tab: this.tab, wants, isNew });
    else this.leader.want(this.tab, wants, isNew);
  }

  private fail(): void {
    if (this.end.signal.aborted) return;
    this.close("replaced");
    this.callbacks.closed();
  }
}

/** `newTab` makes an unguessable name for each link. */
export function openSharedFeedLink(
  tabs: Tabs,
  newTab: () => string,
  openStream: OpenStream,
  subscriptions: () => Subscriptions,
  callbacks: LinkCallbacks,
): Link {
  return new SharedFeedLink(newTab(), tabs, openStream, callbacks, subscriptions());
}
