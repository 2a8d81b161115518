/**
 * For networks that refuse WebSockets: one server-sent event stream of all subscriptions.
 *
 * It is read with fetch, because EventSource cannot send a session header and reconnects with the old
 * address. A change of the subscriptions opens another stream.
 */
import { readMessages, type Message, type RunMessage } from "../contract/event.ts";
import { parseJson } from "../contract/json.ts";
import type { OpenPatience } from "./open-patience.ts";
import { EventStreamParser } from "./sse.ts";
import { TERMINAL, type FeedStream, type LinkCallbacks, type Subscriptions } from "./types.ts";

export interface FeedEndpoint {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly patience: Pick<OpenPatience, "limit_ms" | "giveUp" | "opened">;
  /** Send the word that a reader leaves runs: a feed cannot say it. */
  readonly leave: (reader: string, runs: readonly string[]) => void;
  /** Called when the server wants to know who is there. */
  readonly signedOut?: () => void;
}

const UNAUTHORIZED = 401;

class FeedLink implements FeedStream {
  private readonly reader: string;
  private readonly runs: Map<string, number>;
  private catalog: number | null;
  private stream = new AbortController();
  private restarting = false;
  private over = false;

  constructor(
    private readonly endpoint: FeedEndpoint,
    private readonly callbacks: LinkCallbacks,
    subscriptions: Subscriptions,
  ) {
    this.reader = subscriptions.reader;
    this.runs = new Map(subscriptions.runs);
    this.catalog = subscriptions.catalog;
    void this.read();
  }

  readonly subscribe = (run: string, after: number): void => {
    this.runs.set(run, after);
    this.restart();
  };

  readonly unsubscribe = (run: string): void => {
    if (this.runs.delete(run)) this.endpoint.leave(this.reader, [run]);
  };

  readonly drop = (run: string): void => {
    if (this.runs.delete(run)) this.restart();
  };

  readonly position = (run: string): number | undefined => this.runs.get(run);

  readonly followed = (): readonly string[] => [...this.runs.keys()];

  readonly version = (): number | null => this.catalog;

  readonly watchCatalog = (version: number): void => {
    this.catalog = version;
    this.restart();
  };

  readonly close = (why: "left" | "replaced"): void => {
    if (why === "left" && this.runs.size > 0) this.endpoint.leave(this.reader, this.followed());
    this.end();
  };

  /** Several changes in one turn open one new stream. */
  readonly restart = (): void => {
    if (this.restarting || this.over) return;
    this.restarting = true;
    queueMicrotask(() => {
      this.restarting = false;
      if (this.over) return;
      this.stream.abort();
      this.stream = new AbortController();
      void this.read();
    });
  };

  private async read(): Promise<void> {
    const { signal } = this.stream;
    const openTimeout = setTimeout(this.giveUp, this.endpoint.patience.limit_ms);
    signal.addEventListener("abort", () => {
      clearTimeout(openTimeout);
    });
    try {
      const response = await fetch(this.query(), {
        headers: { ...this.endpoint.headers, Accept: "text/event-stream" },
        cache: "no-store",
        signal,
      });
      clearTimeout(openTimeout);
      this.endpoint.patience.opened();
      if (response.status === UNAUTHORIZED) this.endpoint.signedOut?.();
      if (!response.ok || response.body === null)
        throw new DOMException(`The feed answered ${response.status}.`, "NetworkError");
      this.callbacks.opened();
      await this.readBody(response.body, signal);
    } catch (reason) {
      // However the stream broke, the connection opens the next one.
      if (!signal.aborted) console.debug("gradstream: the feed ended", reason);
    }
    if (!signal.aborted) this.end();
  }

  private readonly giveUp = (): void => {
    this.endpoint.patience.giveUp();
    this.end();
  };

  private async readBody(body: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const parser = new EventStreamParser();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return;
      this.callbacks.alive();
      const events = parser.feed(decoder.decode(value, { stream: true }));
      this.deliver(readMessages(events.map(({ data }) => parseJson(data))));
    }
  }

  private deliver(batch: readonly Message[]): void {
    for (const each of batch) {
      if (each.about === "run") this.noteEvent(each);
      if (each.about === "gone") this.runs.delete(each.run);
      if (each.about === "catalog") this.catalog = each.version;
    }
    if (batch.length > 0) this.callbacks.messages(batch);
  }

  /** A run that is over is read to its end. */
  private noteEvent({ run, seq, event }: RunMessage): void {
    if (TERMINAL.has(event.type)) this.runs.delete(run);
    else if (this.runs.has(run)) this.runs.set(run, seq);
  }

  private query(): string {
    const runs = [...this.runs].map(([run, after]) => `${run}:${after}`).join(",");
    const parameters = new URLSearchParams({ reader: this.reader });
    if (runs !== "") parameters.set("runs", runs);
    if (this.catalog !== null) parameters.set("catalog", String(this.catalog));
    return `${this.endpoint.address}?${parameters.toString()}`;
  }

  private end(): void {
    if (this.over) return;
    this.over = true;
    this.stream.abort();
    this.callbacks.closed();
  }
}

export function openFeedLink(
  endpoint: FeedEndpoint,
  subscriptions: () => Subscriptions,
  callbacks: LinkCallbacks,
): FeedStream {
  return new FeedLink(endpoint, callbacks, subscriptions());
}
