/** Reads one feed for all tabs of a browser: what any of them wants, and no run that none wants any more. */
import type { LeaderMessage, Wants } from "./tabs.ts";
import type { FeedStream, LinkCallbacks, Subscriptions } from "./types.ts";

/** More signs of life than this say nothing new. */
const ALIVE_EVERY_MS = 1_000;

export type OpenStream = (subscriptions: () => Subscriptions, callbacks: LinkCallbacks) => FeedStream;

export class FeedLeader {
  private readonly stream: FeedStream;
  /** The runs that each tab wants. */
  private readonly tabs = new Map<string, ReadonlySet<string>>();
  private isOpen = false;
  private saidAt = 0;

  constructor(
    private readonly reader: string,
    tab: string,
    wants: Wants,
    openStream: OpenStream,
    /** Tell all tabs, the leader's own as well. */
    private readonly tell: (message: LeaderMessage) => void,
  ) {
    this.tabs.set(tab, new Set(wants.runs.keys()));
    this.stream = openStream(() => ({ reader, ...wants }), {
      opened: () => {
        this.isOpen = true;
        tell({ kind: "open", reader });
      },
      alive: () => {
        this.tellAlive();
      },
      messages: (messages) => {
        tell({ kind: "batch", messages });
      },
      closed: () => {
        tell({ kind: "closed" });
      },
    });
    tell({ kind: "asks" });
  }

  /** Returns whether the tab was not known before. */
  want(tab: string, wants: Wants, isNew: boolean): boolean {
    const isUnknown = !this.tabs.has(tab);
    this.tabs.set(tab, new Set(wants.runs.keys()));
    for (const [run, after] of wants.runs) {
      const position = this.stream.position(run);
      if (position === undefined || position > after) this.stream.subscribe(run, after);
    }
    const version = this.stream.version();
    if (wants.catalog !== null && (version === null || version > wants.catalog))
      this.stream.watchCatalog(wants.catalog);
    for (const run of this.unwanted()) this.stream.unsubscribe(run);
    // Whoever comes anew may have found the line dead.
    if (isNew) this.stream.restart();
    this.tell({ kind: this.isOpen ? "open" : "here", reader: this.reader });
    return isUnknown;
  }

  /** A tab is gone: it said so, or its lock is free without a word, as when it has crashed. */
  forget(tab: string, why: "left" | "silent"): void {
    if (!this.tabs.delete(tab)) return;
    for (const run of this.unwanted()) {
      if (why === "left") this.stream.unsubscribe(run);
      else this.stream.drop(run);
    }
  }

  /** Stop reading: the leader's own tab is left, or another tab takes over. */
  close(tab: string, why: "left" | "replaced"): void {
    if (why === "left") this.forget(tab, "left");
    this.stream.close("replaced");
  }

  private unwanted(): readonly string[] {
    const wanted = [...this.tabs.values()];
    return this.stream.followed().filter((run) => !wanted.some((runs) => runs.has(run)));
  }

  private tellAlive(): void {
    const now = Date.now();
    if (now - this.saidAt < ALIVE_EVERY_MS) return;
    this.saidAt = now;
    this.tell({ kind: "alive" });
  }
}
