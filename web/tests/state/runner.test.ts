// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Api } from "../../src/client/api.ts";
import type { Action } from "../../src/contract/demo.ts";
import { Log } from "../../src/state/log.ts";
import { Runner } from "../../src/state/runner.ts";
import { Store } from "../../src/state/store.ts";
import { Connection } from "../../src/transport/connection.ts";
import { formatOf } from "../contract/described.ts";
import { ScriptedNetwork } from "../transport/scripted-link.ts";

const ACTION: Action = {
  name: "run",
  button: "Run",
  inputs: [],
  outputs: ["said"],
  live: null,
  every_ms: null,
  on_open: false,
  runs_on: {},
  has_button: true,
  then: { succeeded: [], failed: [], ended: [] },
  stops: [],
};
const STARTED = '{"run": "r", "started_at": null}';

let network: ScriptedNetwork;
let runner: Runner;
let log: Log;
let ended: number;

beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(STARTED)));
  network = new ScriptedNetwork();
  const connection = new Connection(network.options);
  log = new Log();
  ended = 0;
  const callbacks = { started: () => undefined, shown: () => undefined, ended: () => void (ended += 1) };
  const api = new Api(
    "me",
    [],
    formatOf(() => {
      throw new Error("no demo is read here");
    }),
  );
  runner = new Runner(api, connection, "demo", log, callbacks, new Store(false));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function receive(...seqs: readonly number[]): Promise<void> {
  network.last.events("r", ...seqs);
  await Promise.resolve();
}

function loseRun(): void {
  network.last.callbacks.messages([{ about: "gone", run: "r" }]);
}

test("a run that the server does not have any more was lost, which is not the same as not started", async () => {
  await runner.start(ACTION, {}, { isQuiet: false });
  await receive(1);
  loseRun();
  expect(runner.trackedRun("run")).toMatchObject({ isLost: true, refusal: null, run: "r" });
  expect(runner.isActive("run")).toBe(false);
  expect(ended).toBe(1);
  expect(log.lines.value.at(-1)?.text).toContain("run was lost");
});

test("a run that a reload has found and shown is lost in the same way", async () => {
  runner.attach(ACTION, "r", { startedAt: null, recordedAt: null, seq: 0 });
  await receive(1);
  loseRun();
  expect(runner.trackedRun("run")?.isLost).toBe(true);
});

test("Stop can be pressed again when the server refuses it", async () => {
  await runner.start(ACTION, {}, { isQuiet: false });
  await receive(1);
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("{}", { status: 403 })));
  const stopped = runner.stop("run");
  expect(runner.trackedRun("run")?.isStopping).toBe(true);
  await stopped;
  expect(runner.trackedRun("run")).toMatchObject({ isStopping: false, isStopWaiting: false });
  expect(runner.isActive("run")).toBe(true);
  expect(log.lines.value.at(-1)?.text).toContain("Stop was not heard");
});

test("a run that Stop does not find on the server any more is lost", async () => {
  await runner.start(ACTION, {}, { isQuiet: false });
  await receive(1);
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("{}", { status: 404 })));
  await runner.stop("run");
  expect(runner.trackedRun("run")?.isLost).toBe(true);
  loseRun();
  expect(ended).toBe(1);
});

describe.each([
  ["cannot be reached", () => Promise.reject(new TypeError("Failed to fetch"))],
  ["is restarting behind a proxy", () => Promise.resolve(new Response("", { status: 502 }))],
  ["does not answer in time", () => Promise.reject(new DOMException("too late", "TimeoutError"))],
] as const)("Stop, when the server %s,", (_, fail) => {
  let stops: string[];

  beforeEach(async () => {
    vi.useFakeTimers();
    await runner.start(ACTION, {}, { isQuiet: false });
    await receive(1);
    vi.stubGlobal("fetch", fail);
    await runner.stop("run");
    stops = [];
    vi.stubGlobal("fetch", (address: string) => {
      stops.push(address);
      return Promise.resolve(new Response(null, { status: 204 }));
    });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test("waits, and the page says so", () => {
    expect(runner.trackedRun("run")).toMatchObject({ isStopping: true, isStopWaiting: true });
    expect(runner.isActive("run")).toBe(true);
    expect(log.lines.value.at(-1)?.text).toContain("Stop could not be sent and is sent again");
  });

  test("is sent with the next connection, once", async () => {
    network.last.callbacks.opened();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stops).toEqual([expect.stringContaining("api/runs/r")]);
  });

  test("is sent after a while, if the connection stands", async () => {
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stops).toHaveLength(1);
  });

  test("is sent for a run that the page does not show any more", async () => {
    runner.forget("run");
    network.last.callbacks.opened();
    await vi.advanceTimersByTimeAsync(0);
    expect(stops).toHaveLength(1);
  });

  test("is not sent when the run has ended meanwhile", async () => {
    loseRun();
    network.last.callbacks.opened();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stops).toEqual([]);
  });
});

test("Stop waits for its answer for a stated time only", async () => {
  await runner.start(ACTION, {}, { isQuiet: false });
  const signals: (AbortSignal | null | undefined)[] = [];
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    signals.push(init.signal);
    return Promise.resolve(new Response("{}"));
  });
  await runner.stop("run");
  expect(signals).toEqual([expect.any(AbortSignal)]);
});
