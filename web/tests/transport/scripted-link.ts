/** A link that a test drives by hand, in the place of a network. */
import type { Message } from "../../src/contract/event.ts";
import type { Link, LinkCallbacks, OpenLink, Subscriptions } from "../../src/transport/types.ts";

export class ScriptedLink implements Link {
  readonly asked: string[] = [];
  isClosed = false;

  constructor(
    readonly kind: string,
    readonly subscriptions: () => Subscriptions,
    readonly callbacks: LinkCallbacks,
  ) {}

  readonly subscribe = (run: string, after: number): void => void this.asked.push(`${run}:${after}`);
  readonly unsubscribe = (run: string): void => void this.asked.push(`-${run}`);
  readonly watchCatalog = (version: number): void => void this.asked.push(`catalog:${version}`);
  readonly close = (): void => {
    this.isClosed = true;
  };

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

  get last(): ScriptedLink {
    const link = this.links.at(-1);
    if (link === undefined) throw new Error("nothing was opened");
    return link;
  }
}
