/** A link that a test drives by hand, in the place of a network. */
import type { Message } from "../../src/contract/event.ts";
import type { ConnectionOptions } from "../../src/transport/connection.ts";
import type { Link, LinkCallbacks, OpenLink, Subscriptions } from "../../src/transport/types.ts";

export class ScriptedLink implements Link {
  readonly asked: string[] = [];
  /** Why it was closed. */
  end: "left" | "replaced" | null = null;

  constructor(
    readonly kind: string,
    readonly subscriptions: () => Subscriptions,
    readonly callbacks: LinkCallbacks,
  ) {}

  readonly subscribe = (run: string, after: number): void => void this.asked.push(`${run}:${after}`);
  readonly unsubscribe = (run: string): void => void this.asked.push(`-${run}`);
  readonly watchCatalog = (version: number): void => void this.asked.push(`catalog:${version}`);
  readonly close = (why: "left" | "replaced"): void => {
    this.end = why;
  };

  get isClosed(): boolean {
    return this.end !== null;
  }

  /** Events of one run from a number on, as one batch. */
  events(run: string, ...numbers: readonly number[]): void {
    this.callbacks.messages(
      numbers.map((seq): Message => ({ about: "run", run, seq, event: { type: "running" } })),
    );
  }
}

export class ScriptedNetwork {
  readonly links: ScriptedLink[] = [];

  readonly way =
    (kind: string): OpenLink =>
    (subscriptions, callbacks) => {
      const link = new ScriptedLink(kind, subscriptions, callbacks);
      this.links.push(link);
      return link;
    };

  /** What has left which runs. */
  readonly left: (readonly [string, readonly string[]])[] = [];
  private readers = 0;

  get options(): ConnectionOptions {
    return {
      socket: this.way("socket"),
      feed: this.way("feed"),
      heartbeat_ms: 15_000,
      newReader: () => `reader${(this.readers += 1)}`,
      leave: (reader, runs) => void this.left.push([reader, runs]),
      feedSince: 0,
      keepFeedSince: () => undefined,
    };
  }

  get last(): ScriptedLink {
    const link = this.links.at(-1);
    if (link === undefined) throw new Error("nothing was opened");
    return link;
  }
}
