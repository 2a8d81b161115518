import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Connection } from "../../src/transport/connection.ts";
import { ScriptedNetwork } from "./scripted-link.ts";

let network: ScriptedNetwork;
let feedSince: number;
let heard: number[];
let gone: string[];

function connect(since = 0): Connection {
  return new Connection({
    ...network.options,
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
      { about: "run", run: "r", seq: 40, event: { type: "snapshot", outputs: {}, props: {}, skipped: 39 } },
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
    expect(network.last.subscriptions()).toEqual({
      reader: "reader1",
      runs: new Map([["r", 2]]),
      catalog: 7,
    });
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

describe("signs of life", () => {
  test("45 seconds of silence open another link, and the run goes on from its number", () => {
    watch(connect());
    const first = network.last;
    first.callbacks.opened();
    first.events("r", 1, 2);
    vi.advanceTimersByTime(44_999);
    expect(network.links).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect([first.end, network.links.length]).toEqual(["replaced", 2]);
    expect(network.last.subscriptions().runs).toEqual(new Map([["r", 2]]));
  });

  test("any sign of life begins the time again, and one of a link that was left counts for nothing", () => {
    watch(connect());
    const first = network.last;
    first.callbacks.opened();
    for (let times = 0; times < 10; times += 1) {
      vi.advanceTimersByTime(15_000);
      first.callbacks.alive();
    }
    expect(network.links).toHaveLength(1);
    vi.advanceTimersByTime(45_000);
    first.callbacks.alive();
    vi.advanceTimersByTime(44_999);
    first.callbacks.alive();
    vi.advanceTimersByTime(1);
    expect(network.links).toHaveLength(3);
  });

  test("a link that never opens and never closes is given up as well", () => {
    watch(connect(Date.now()));
    vi.advanceTimersByTime(45_000);
    expect(network.links.map(({ kind, end }) => [kind, end])).toEqual([
      ["feed", "replaced"],
      ["feed", null],
    ]);
  });

  test("a page that wakes opens another link at once, unless it has just heard of the server", () => {
    const connection = connect();
    watch(connection);
    network.last.callbacks.opened();
    vi.advanceTimersByTime(1_000);
    connection.wake();
    expect(network.links).toHaveLength(1);
    vi.advanceTimersByTime(1);
    connection.wake();
    connection.wake();
    expect(network.links).toHaveLength(2);
  });

  test("a page that waits to try again tries at once when it wakes", () => {
    const connection = connect();
    watch(connection);
    network.last.callbacks.opened();
    vi.advanceTimersByTime(20_000);
    network.last.callbacks.closed();
    connection.wake();
    expect(network.links).toHaveLength(2);
    vi.advanceTimersByTime(15_000);
    expect(network.links).toHaveLength(2);
  });

  test("each link that opens is told, though the status stays what it was", () => {
    const connection = connect();
    let opened = 0;
    connection.onOpened(() => (opened += 1));
    watch(connection);
    network.last.callbacks.opened();
    connection.renew();
    network.last.callbacks.opened();
    expect(opened).toBe(2);
  });
});

describe("leaving", () => {
  test("a page that is left says so of its runs, and opens nothing more", () => {
    const connection = connect();
    watch(connection);
    network.last.callbacks.opened();
    connection.leave();
    connection.leave();
    expect(network.left).toEqual([["reader1", ["r"]]]);
    expect(network.last.end).toBe("left");
    network.last.callbacks.closed();
    connection.renew();
    vi.advanceTimersByTime(600_000);
    expect(network.links).toHaveLength(1);
  });

  test("a page that is shown again reads on, under a new name", () => {
    const connection = connect();
    watch(connection);
    network.last.callbacks.opened();
    network.last.events("r", 1);
    connection.comeBack();
    expect(network.links).toHaveLength(1);
    connection.leave();
    connection.comeBack();
    expect(network.last.subscriptions()).toMatchObject({ reader: "reader2", runs: new Map([["r", 1]]) });
  });

  test("a page that said that it leaves, and is seen all the same, reads on", () => {
    const connection = connect();
    watch(connection);
    connection.leave();
    connection.wake();
    connection.comeBack();
    expect(network.links.map(({ end }) => end)).toEqual(["left", null]);
  });

  test("a page without a run has nothing to say", () => {
    const connection = connect();
    connection.watchCatalog(1, () => undefined);
    connection.leave();
    expect(network.left).toEqual([]);
  });

  test("a run that is not watched any more is left by the link, or by a request without one", () => {
    const undo = watch(connect());
    const other = watch(connect(Date.now()), "s");
    other();
    expect([network.last.asked, network.left]).toEqual([["-s"], []]);
    network.links[0]?.callbacks.closed();
    undo();
    expect(network.left).toEqual([["reader1", ["r"]]]);
  });

  test("a feed says by itself that it is left", () => {
    const connection = connect(Date.now());
    watch(connection);
    connection.leave();
    expect([network.last.end, network.left]).toEqual(["left", []]);
  });

  test("a page that is frozen keeps nothing open, and goes on when it wakes", () => {
    const connection = connect();
    watch(connection);
    network.last.callbacks.opened();
    connection.rest();
    expect([network.last.end, network.left]).toEqual(["replaced", []]);
    vi.advanceTimersByTime(600_000);
    expect(network.links).toHaveLength(1);
    connection.wake();
    expect(network.links).toHaveLength(2);
  });
});
