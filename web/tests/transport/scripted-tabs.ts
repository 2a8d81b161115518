/** Tabs of one browser that a test drives by hand: their channel, their locks and the feeds that they open. */
import type { OpenStream } from "../../src/transport/feed-leader.ts";
import type { LeaderMessage, Locks, TabMessage, Tabs } from "../../src/transport/tabs.ts";
import type { FeedStream, LinkCallbacks, Subscriptions } from "../../src/transport/types.ts";
import { ScriptedLink } from "./scripted-link.ts";

type Receive = (message: TabMessage | LeaderMessage) => void;

/** A feed that remembers what is read, as the real one does. */
export class ScriptedStream extends ScriptedLink implements FeedStream {
  readonly reader: string;
  readonly runs: Map<string, number>;
  catalog: number | null;

  constructor(subscriptions: () => Subscriptions, callbacks: LinkCallbacks) {
    super("feed", subscriptions, callbacks);
    const { reader, runs, catalog } = subscriptions();
    this.reader = reader;
    this.runs = new Map(runs);
    this.catalog = catalog;
  }

  override readonly subscribe = (run: string, after: number): void => void this.runs.set(run, after);
  override readonly unsubscribe = (run: string): void => {
    if (this.runs.delete(run)) this.asked.push(`leave ${run}`);
  };
  override readonly watchCatalog = (version: number): void => void (this.catalog = version);
  readonly drop = (run: string): void => {
    if (this.runs.delete(run)) this.asked.push(`drop ${run}`);
  };
  readonly restart = (): void => void this.asked.push("restart");
  readonly position = (run: string): number | undefined => this.runs.get(run);
  readonly followed = (): readonly string[] => [...this.runs.keys()];
  readonly version = (): number | null => this.catalog;

  /** Events that the server sends from where the run is read. */
  send(run: string, ...numbers: readonly number[]): void {
    this.runs.set(run, numbers.at(-1) ?? 0);
    this.events(run, ...numbers);
  }
}

interface Request {
  readonly grant: () => void;
  readonly fail: () => void;
}

/** The Web Locks API, as far as it is used: a queue for each name, stealing, and giving up while waiting. */
class ScriptedLocks implements Locks {
  private readonly held = new Map<string, Request>();
  private readonly queues = new Map<string, Request[]>();

  readonly request: Locks["request"] = (name, { signal, steal }, hold) =>
    new Promise((resolve, reject) => {
      const request: Request = {
        grant: () => {
          this.held.set(name, request);
          void hold().then(() => {
            if (this.held.get(name) === request) this.free(name);
            resolve(undefined);
          });
        },
        fail: () => {
          reject(new DOMException("aborted", "AbortError"));
        },
      };
      const queue = this.queues.get(name) ?? [];
      this.queues.set(name, queue);
      if (steal === true) {
        this.held.get(name)?.fail();
        request.grant();
        return;
      }
      queue.push(request);
      signal?.addEventListener("abort", () => {
        if (!queue.includes(request)) return;
        queue.splice(queue.indexOf(request), 1);
        request.fail();
      });
      if (!this.held.has(name))
        void Promise.resolve().then(() => {
          this.next(name);
        });
    });

  private free(name: string): void {
    this.held.delete(name);
    this.next(name);
  }

  private next(name: string): void {
    if (!this.held.has(name)) this.queues.get(name)?.shift()?.grant();
  }
}

export class ScriptedBrowser {
  readonly streams: ScriptedStream[] = [];
  private readonly receivers = new Map<Receive, Receive[]>();
  private readonly frozen = new Set<Receive>();
  private readonly locks = new ScriptedLocks();
  private last: Receive | undefined;

  readonly tabs: Tabs = {
    name: "feed",
    locks: this.locks,
    open: (receive) => {
      this.receivers.set(receive, []);
      this.last = receive;
      return {
        post: (message) => {
          for (const other of this.receivers.keys())
            if (other !== receive && !this.frozen.has(other))
              queueMicrotask(() => {
                other(structuredClone(message));
              });
        },
        close: () => {
          this.receivers.delete(receive);
        },
      };
    },
  };

  readonly openStream: OpenStream = (subscriptions, callbacks) => {
    const stream = new ScriptedStream(subscriptions, callbacks);
    this.streams.push(stream);
    return stream;
  };

  get stream(): ScriptedStream {
    const stream = this.streams.at(-1);
    if (stream === undefined) throw new Error("nothing was opened");
    return stream;
  }

  /** Let the tab that was opened last hear nothing any more; the returned function lets it hear again. */
  freezeLast(): () => void {
    const { last } = this;
    if (last === undefined) throw new Error("no tab was opened");
    this.frozen.add(last);
    return () => this.frozen.delete(last);
  }
}
