// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Api } from "../../src/client/api.ts";
import type { Action } from "../../src/contract/demo.ts";
import type { RunEvent } from "../../src/contract/event.ts";
import type { Playback } from "../../src/media/playable.ts";
import { Log } from "../../src/state/log.ts";
import { watchPlayback, type MediaOutput } from "../../src/state/playback.ts";
import { Runner } from "../../src/state/runner.ts";
import { Store } from "../../src/state/store.ts";
import { Connection } from "../../src/transport/connection.ts";
import { formatOf } from "../contract/described.ts";
import { ScriptedNetwork } from "../transport/scripted-link.ts";

const AUDIO: MediaOutput = {
  type: "audio",
  name: "heard",
  label: "Heard",
  description: null,
  streaming: true,
  show_if: [],
  updates: "append",
  placeholder: null,
  codec: "auto",
  download: "wav",
  autoplay: false,
};
const ACTION: Action = {
  name: "run",
  button: "Run",
  inputs: [],
  outputs: ["heard"],
  live: null,
  every_ms: null,
  on_open: false,
  runs_on: {},
  has_button: true,
  then: { succeeded: [], failed: [], ended: [] },
  stops: [],
};
const STREAM: RunEvent = { type: "stream", output: "heard", mime: "audio/mp4", timescale: 48_000 };
const SUCCEEDED: RunEvent = { type: "succeeded", duration_s: 1 };

let network: ScriptedNetwork;
let runner: Runner;
let seen: Playback[];
let seq: number;

function refuse(): never {
  throw new Error("no demo is read here");
}

function segment(index: number): RunEvent {
  return { type: "segment", output: "heard", index, start_s: index, duration_s: 1, peaks: [] };
}

/** One frame of the socket, and what the page makes of it within the same turn. */
async function receive(...events: readonly RunEvent[]): Promise<Playback | undefined> {
  network.last.callbacks.messages(
    events.map((event) => ({ about: "run", run: "r", seq: (seq += 1), event }) as const),
  );
  await Promise.resolve();
  return seen.at(-1);
}

async function start(isQuiet: boolean): Promise<void> {
  await runner.start(ACTION, {}, { isQuiet });
}

beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response('{"run": "r", "started_at": null}')));
  // A hidden tab is given no frames.
  vi.stubGlobal("requestAnimationFrame", () => 0);
  vi.stubGlobal("MediaSource", { isTypeSupported: () => true });
  network = new ScriptedNetwork();
  const connection = new Connection(network.options);
  const callbacks = { started: () => undefined, shown: () => undefined, ended: () => undefined };
  runner = new Runner(
    new Api("me", [], formatOf(refuse)),
    connection,
    "demo",
    new Log(),
    callbacks,
    new Store(false),
  );
  seen = [];
  seq = 0;
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a stream is expected, grows and ends with the run's events alone, without anything being drawn", async () => {
  watchPlayback(runner, AUDIO, (playback) => seen.push(playback));
  expect(seen.at(-1)).toMatchObject({ playable: null, expectedMime: null });
  await start(false);
  expect(seen.at(-1)).toMatchObject({ playable: null, expectedMime: 'audio/mp4; codecs="flac"' });
  const begun = { playable: { kind: "stream", run: "r", segments: [] }, isOver: false, isWanted: true };
  expect(await receive(STREAM)).toMatchObject(begun);
  expect(await receive(segment(0), segment(1))).toMatchObject({
    playable: {
      segments: [
        [0, 1, []],
        [1, 1, []],
      ],
    },
    isOver: false,
  });
  expect(await receive(SUCCEEDED)).toMatchObject({ isOver: true, expectedMime: null });
});

test("a run that nobody pressed for is not played by itself, unless the demo says so", async () => {
  watchPlayback(runner, AUDIO, (playback) => seen.push(playback));
  await start(true);
  expect(await receive(STREAM)).toMatchObject({ isWanted: false });
  watchPlayback(runner, { ...AUDIO, autoplay: true }, (playback) => seen.push(playback));
  expect(seen.at(-1)).toMatchObject({ isWanted: true });
});

test("a run that is found again after a reload is late, and waits for a press", async () => {
  watchPlayback(runner, AUDIO, (playback) => seen.push(playback));
  runner.attach(ACTION, "r", { startedAt: null, recordedAt: null, seq: 0 });
  expect(await receive(STREAM, segment(0))).toMatchObject({ isLate: true, isWanted: false, isOver: false });
});

test("a stream whose run was replaced by another is over", async () => {
  watchPlayback(runner, AUDIO, (playback) => seen.push(playback));
  await start(false);
  await receive(STREAM, segment(0));
  vi.stubGlobal("fetch", () => Promise.resolve(new Response('{"run": "s"}')));
  await start(false);
  expect(seen.at(-1)).toMatchObject({ playable: { run: "r" }, isOver: true });
});

test("after the undo nothing is called any more", async () => {
  watchPlayback(runner, AUDIO, (playback) => seen.push(playback))();
  const before = seen.length;
  await start(false);
  expect(seen).toHaveLength(before);
});
