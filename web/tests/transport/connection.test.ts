import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Connection } from "../../src/transport/connection.ts";
import { ScriptedNetwork } from "./scripted-link.ts";

let network: ScriptedNetwork;
let feedSince: number;
let heard: number[];
let gone: string[];

function connect(since = 0): Connection {
  return new Connection({
    socket: network.way("socket"),
    feed: network.way("feed"),
    feedSince: since,
    keepFeedSince: (moment) => (feedSince = moment),
  });
}

function watch(connection: Connection, run = "r", after = 0): () => void {
  return connection.watchRun(run, after, {
    event: ({ seq }) => heard.push(seq),
    gone: () => gone.push(run),
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  network = new ScriptedNetwork();
  feedSince = 0;
  heard = [];
  gone = [];
});

afterEach(() => {
  vi.useRealTimers();
});

describe("events", () => {
  test("known events are dropped, and the others are passed on in order and once", () => {
    watch(connect());
    network.last.callbacks.opened();
    network.last.events("r", 1, 2);
    network.last.events("r", 2, 3, 1);
    expect(heard).toEqual([1, 2, 3]);
  });

  test("a gap is asked for again on a new link, from what is known", () => {
    watch(connect());
    const first = network.last;
    first.callbacks.opened();
    first.events("r", 1, 3, 4);
    expect(heard).toEqual([1]);
    expect(first.isClosed).toBe(true);
    vi.runOnlyPendingTimers();
    expect(network.last.subscriptions().runs).toEqual(new Map([["r", 1]]));
    network.last.events("r", 2, 3, 4);
    expect(heard).toEqual([1, 2, 3, 4]);
  });

  test("a gap that stays is passed over, so that the run goes on", () => {
    watch(connect());
    network.last.events("r", 1, 3);
    vi.runOnlyPendingTimers();
    network.last.events("r", 3, 4);
    expect(heard).toEqual([1, 3, 4]);
  });

  test("a snapshot may jump ahead, because it says what it stands for", () => {
    watch(connect());
    network.last.callbacks.messages([
      { about: "run", run: "r", seq: 40, event: { type: "snapshot", outputs: {}, skipped: 39 } },
    ]);
    network.last.events("r", 41);
    expect(heard).toEqual([40, 41]);
  });

  test("a run that is over is not asked for again", () => {
    watch(connect());
    network.last.callbacks.messages([
      { about: "run", run: "r", seq: 1, event: { type: "succeeded", duration_s: 1 } },
    ]);
    expect(network.last.asked).toEqual(["-r"]);
    expect(network.last.subscriptions().runs.size).toBe(0);
  });

  test("an unknown run is reported as gone", () => {
    watch(connect());
    network.last.callbacks.messages([{ about: "gone", run: "r" }]);
    expect(gone).toEqual(["r"]);
  });

  test("an undone subscription callbacks nothing more", () => {
    const undo = watch(connect());
    undo();
    network.last.events("r", 1);
    expect(heard).toEqual([]);
  });
});

describe("links", () => {
  test("a lost link is opened again with everything that is watched, from where it stood", () => {
    const connection = connect();
    watch(connection);
    connection.watchCatalog(7, () => undefined);
    network.last.callbacks.opened();
    network.last.events("r", 1, 2);
    network.last.callbacks.closed();
    vi.runOnlyPendingTimers();
    expect(network.links).toHaveLength(2);
    expect(network.last.subscriptions()).toEqual({ runs: new Map([["r", 2]]), catalog: 7 });
  });

  test("after two sockets that did not open, the feed takes their place and is remembered", () => {
    watch(connect());
    network.last.callbacks.closed();
    vi.runOnlyPendingTimers();
    network.last.callbacks.closed();
    vi.runOnlyPendingTimers();
    expect(network.links.map(({ kind }) => kind)).toEqual(["socket", "socket", "feed"]);
    expect(feedSince).toBeGreaterThan(0);
  });

  test("a tab that knows the feed to be needed begins with it", () => {
    watch(connect(Date.now()));
    expect(network.last.kind).toBe("feed");
  });

  test("after five minutes on the feed a broken link tries the socket again", () => {
    watch(connect(Date.now()));
    network.last.callbacks.opened();
    vi.advanceTimersByTime(300_001);
    network.last.callbacks.closed();
    vi.runOnlyPendingTimers();
    expect(network.last.kind).toBe("socket");
    network.last.callbacks.opened();
    expect(feedSince).toBe(0);
  });

  test("a socket that was open and broke counts as no refusal", () => {
    watch(connect());
    for (let times = 0; times < 3; times += 1) {
      network.last.callbacks.opened();
      network.last.callbacks.closed();
      vi.runOnlyPendingTimers();
    }
    expect(network.links.map(({ kind }) => kind)).toEqual(["socket", "socket", "socket", "socket"]);
  });

  test("the status says lost when a link breaks and open when the next one stands", () => {
    const connection = connect();
    const seen: string[] = [];
    connection.onStatus((status) => seen.push(status));
    watch(connection);
    network.last.callbacks.opened();
    network.last.callbacks.closed();
    vi.runOnlyPendingTimers();
    network.last.callbacks.opened();
    expect(seen).toEqual(["open", "lost", "open"]);
  });

  test("when the network comes back the old link is left for a new one at once", () => {
    const connection = connect();
    watch(connection);
    const first = network.last;
    first.callbacks.opened();
    connection.renew();
    expect(first.isClosed).toBe(true);
    expect(network.links).toHaveLength(2);
    first.callbacks.closed();
    expect(network.links).toHaveLength(2);
  });
});
