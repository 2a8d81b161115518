/**
 * The way for networks that refuse WebSockets: one server-sent event stream of everything wanted.
 *
 * It is read with fetch and not with EventSource, which could carry no session header and would
 * reconnect with the old address. A change of what is wanted opens the stream anew.
 */
import { message, type Message } from "../contract/event.ts";
import { parseJson } from "../contract/json.ts";
import { EventStreamParser } from "./sse.ts";
import type { Link, LinkHears, Wants } from "./types.ts";

export interface FeedPlace {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The server says something every 15 seconds at least; after three times that the line is dead. */
const SILENCE_MS = 45_000;

class FeedLink implements Link {
  private readonly runs: Map<string, number>;
  private catalog: number | null;
  private stream = new AbortController();
  private restarting = false;
  private over = false;

  constructor(
    private readonly place: FeedPlace,
    private readonly hears: LinkHears,
    wants: Wants,
  ) {
    this.runs = new Map(wants.runs);
    this.catalog = wants.catalog;
    void this.read();
  }

  readonly subscribe = (run: string, after: number): void => {
    this.runs.set(run, after);
    this.restart();
  };

  readonly unsubscribe = (run: string): void => {
    this.runs.delete(run);
  };

  readonly watchCatalog = (version: number): void => {
    this.catalog = version;
    this.restart();
  };

  readonly close = (): void => {
    this.end();
  };

  /** Several changes of one moment make one new stream. */
  private restart(): void {
    if (this.restarting || this.over) return;
    this.restarting = true;
    queueMicrotask(() => {
      this.restarting = false;
      if (this.over) return;
      this.stream.abort();
      this.stream = new AbortController();
      void this.read();
    });
  }

  private async read(): Promise<void> {
    const { signal } = this.stream;
    try {
      const response = await fetch(this.query(), {
        headers: { ...this.place.headers, Accept: "text/event-stream" },
        cache: "no-store",
        signal,
      });
      if (!response.ok || response.body === null)
        throw new DOMException(`The feed answered ${response.status}.`, "NetworkError");
      this.hears.opened();
      await this.drain(response.body, signal);
    } catch (reason) {
      // Every way a stream can break is answered alike: the connection opens the next one.
      if (!signal.aborted) console.debug("gradstream: the feed ended", reason);
    }
    if (!signal.aborted) this.end();
  }

  private async drain(body: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const parser = new EventStreamParser();
    for (;;) {
      const silence = setTimeout(this.close, SILENCE_MS);
      const { done, value } = await reader.read();
      clearTimeout(silence);
      if (done || signal.aborted) return;
      const events = parser.feed(decoder.decode(value, { stream: true }));
      this.deliver(events.map(({ data }) => message(parseJson(data), "event")));
    }
  }

  private deliver(batch: readonly Message[]): void {
    for (const each of batch) {
      if (each.about === "run" && this.runs.has(each.run)) this.runs.set(each.run, each.seq);
      if (each.about === "catalog") this.catalog = each.version;
    }
    if (batch.length > 0) this.hears.messages(batch);
  }

  private query(): string {
    const runs = [...this.runs].map(([run, after]) => `${run}:${after}`).join(",");
    const parameters = new URLSearchParams();
    if (runs !== "") parameters.set("runs", runs);
    if (this.catalog !== null) parameters.set("catalog", String(this.catalog));
    return `${this.place.address}?${parameters.toString()}`;
  }

  private end(): void {
    if (this.over) return;
    this.over = true;
    this.stream.abort();
    this.hears.closed();
  }
}

export function openFeedLink(place: FeedPlace, wants: () => Wants, hears: LinkHears): Link {
  return new FeedLink(place, hears, wants());
}
