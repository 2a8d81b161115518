import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openSharedFeedLink } from "../../src/transport/shared-feed.ts";
import type { Link } from "../../src/transport/types.ts";
import { ScriptedBrowser } from "./scripted-tabs.ts";

/** One tab: its link, and what it has heard. */
class Tab {
  readonly heard: string[] = [];
  readonly link: Link;

  constructor(
    readonly name: string,
    runs: Readonly<Record<string, number>>,
    catalog: number | null = null,
  ) {
    const subscriptions = { reader: `reader-${name}`, runs: new Map(Object.entries(runs)), catalog };
    this.link = openSharedFeedLink(
      browser.tabs,
      () => name,
      browser.openStream,
      () => subscriptions,
      {
        opened: () => {
          if (this.heard.at(-1) !== "opened") this.heard.push("opened");
        },
        alive: () => undefined,
        messages: (batch) => {
          for (const each of batch)
            this.heard.push(each.about === "run" ? `${each.run}${each.seq}` : each.about);
        },
        closed: () => this.heard.push("closed"),
      },
    );
  }
}

let browser: ScriptedBrowser;

beforeEach(() => {
  vi.useFakeTimers();
  browser = new ScriptedBrowser();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Let all messages between tabs arrive. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

async function open(name: string, runs: Readonly<Record<string, number>>, catalog?: number): Promise<Tab> {
  const tab = new Tab(name, runs, catalog ?? null);
  await settle();
  return tab;
}

describe("one feed for all tabs", () => {
  test("it carries what any of them wants, and each hears of its own", async () => {
    const first = await open("1", { a: 0 }, 7);
    const second = await open("2", { b: 3 }, 8);
    const third = await open("3", {});
    third.link.subscribe("b", 0);
    await settle();
    expect(browser.streams).toHaveLength(1);
    expect([browser.stream.reader, browser.stream.runs, browser.stream.catalog]).toEqual([
      "reader-1",
      new Map([
        ["a", 0],
        ["b", 0],
      ]),
      7,
    ]);
    browser.stream.callbacks.opened();
    browser.stream.send("a", 1);
    browser.stream.send("b", 1, 2, 3, 4);
    browser.stream.callbacks.messages([{ about: "catalog", version: 9, demos: [], removed: [] }]);
    await settle();
    expect(first.heard).toEqual(["opened", "a1", "catalog"]);
    expect(second.heard).toEqual(["opened", "b1", "b2", "b3", "b4", "catalog"]);
    expect(third.heard).toEqual(["opened", "b1", "b2", "b3", "b4"]);
  });

  test("what a tab cannot use yet, because the feed is further on, waits until it is read again", async () => {
    await open("1", { a: 0 });
    browser.stream.callbacks.opened();
    browser.stream.send("a", 1, 2, 3);
    const second = new Tab("2", { a: 0 });
    // It comes before the leader has heard what the new tab wants.
    browser.stream.callbacks.messages([{ about: "run", run: "a", seq: 4, event: { type: "running" } }]);
    await settle();
    expect(browser.stream.runs.get("a")).toBe(0);
    browser.stream.send("a", 1, 2, 3, 4);
    await settle();
    expect(second.heard.filter((each) => each !== "opened")).toEqual(["a1", "a2", "a3", "a4"]);
  });

  test("a number that is missing for good is passed over in the end, so that the run goes on", async () => {
    await open("1", {});
    const second = await open("2", { a: 0 });
    for (let times = 0; times < 5; times += 1) {
      browser.stream.send("a", 2);
      await vi.advanceTimersByTimeAsync(1_001);
    }
    expect(second.heard).toContain("a2");
  });

  test("when the feed ends, it ends for all of them", async () => {
    const first = await open("1", { a: 0 });
    const second = await open("2", { b: 0 });
    browser.stream.callbacks.closed();
    await settle();
    expect([first.heard.at(-1), second.heard.at(-1)]).toEqual(["closed", "closed"]);
    await open("3", { c: 0 });
    expect(browser.streams).toHaveLength(2);
  });

  test("a tab that opens its link anew has the feed read anew", async () => {
    await open("1", { a: 0 });
    await open("2", { a: 0 });
    expect(browser.stream.asked).toEqual(["restart"]);
  });
});

describe("tabs that go", () => {
  test("another tab takes over from a leader that is closed, under the same name", async () => {
    const first = await open("1", { a: 0 });
    const second = await open("2", { b: 0 });
    await open("3", { c: 0 });
    browser.stream.callbacks.opened();
    browser.stream.send("b", 1, 2);
    await settle();
    const before = browser.stream;
    first.link.close("left");
    await settle();
    expect([before.asked.at(-1), before.end]).toEqual(["leave a", "replaced"]);
    expect([browser.stream.reader, browser.stream.runs]).toEqual([
      "reader-1",
      new Map([
        ["b", 2],
        ["c", 0],
      ]),
    ]);
    browser.stream.send("b", 3);
    await settle();
    expect(second.heard.filter((each) => each !== "opened")).toEqual(["b1", "b2", "b3"]);
  });

  test("a leader that is only replaced leaves no run", async () => {
    const first = await open("1", { a: 0 });
    first.link.close("replaced");
    await settle();
    expect([browser.stream.asked, browser.stream.end]).toEqual([[], "replaced"]);
  });

  test("a leader that does not answer is replaced, and follows when it wakes", async () => {
    const first = await open("1", { a: 0 });
    browser.stream.callbacks.opened();
    const thaw = browser.freezeLast();
    await open("2", { b: 0 });
    await vi.advanceTimersByTimeAsync(2_999);
    expect(browser.streams).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(browser.streams).toHaveLength(2);
    thaw();
    expect([first.heard.at(-1), browser.streams[0]?.end]).toEqual(["closed", "replaced"]);
    const again = await open("1b", { a: 4 });
    expect(browser.stream.runs.get("a")).toBe(4);
    browser.stream.callbacks.opened();
    await settle();
    expect(again.heard).toEqual(["opened"]);
  });

  test("a run is left when the last tab that wants it is closed", async () => {
    await open("1", {});
    const second = await open("2", { a: 0 });
    const third = await open("3", { a: 0 });
    second.link.close("left");
    await settle();
    expect(browser.stream.asked).not.toContain("leave a");
    third.link.close("left");
    await settle();
    expect(browser.stream.asked.at(-1)).toBe("leave a");
  });

  test("a run of which a tab has seen enough is left", async () => {
    await open("1", {});
    const second = await open("2", { a: 0 });
    second.link.unsubscribe("a");
    await settle();
    expect(browser.stream.asked.at(-1)).toBe("leave a");
  });

  test("the run of a tab that is gone without a word is read no more, and not left: it may come back", async () => {
    await open("1", {});
    const second = await open("2", { a: 0 });
    second.link.close("replaced");
    await settle();
    expect(browser.stream.asked.at(-1)).toBe("drop a");
  });

  test("a closed tab hears nothing more", async () => {
    await open("1", {});
    const second = await open("2", { a: 0 });
    second.link.close("left");
    browser.stream.send("a", 1);
    await settle();
    expect(second.heard).toEqual([]);
  });
});
