import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ElementPlayback } from "../../src/media/element-playback.ts";
import { STUCK_AFTER_MS, TOLD_AFTER_MS } from "../../src/media/stall.ts";
import { englishPlayer } from "../../src/words/player/en.ts";
import { NOTHING_TO_PLAY, type ClipPlayable, type StreamPlayable } from "../../src/media/playable.ts";

/** An element of a browser that plays playlists by itself, as far as a player asks it. */
class FakeElement extends EventTarget {
  readonly log: string[] = [];
  error: { readonly message: string } | null = null;
  readonly buffered = { length: 0 };
  readonly duration = NaN;
  paused = true;
  ended = false;
  currentTime = 0;
  refuses = false;
  private address = "";

  get src(): string {
    return this.address;
  }

  set src(address: string) {
    this.address = address;
    this.log.push(`src ${address}`);
  }

  getAttribute(): string {
    return this.address;
  }

  canPlayType(): string {
    return "maybe";
  }

  play(): Promise<void> {
    if (this.refuses) return Promise.reject(new DOMException("press first", "NotAllowedError"));
    this.log.push("play");
    this.turn(false, "play");
    return Promise.resolve();
  }

  pause(): void {
    if (!this.paused) this.turn(true, "pause");
  }

  removeAttribute(name: string): void {
    this.log.push(`no ${name}`);
  }

  load(): void {
    this.paused = true;
  }

  private turn(isPaused: boolean, event: string): void {
    this.paused = isPaused;
    this.dispatchEvent(new Event(event));
  }
}

let element: FakeElement;
let playing: ElementPlayback;
let changes: number;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "debug").mockReturnValue(undefined);
  element = new FakeElement();
  changes = 0;
  const count = (): void => void (changes += 1);
  playing = new ElementPlayback(element as unknown as HTMLMediaElement, count, {});
});

afterEach(() => {
  playing.close();
  vi.useRealTimers();
});

function clip(id: string, run = "r"): ClipPlayable {
  return { kind: "clip", run, id, address: id, mime: "audio/wav", size: 9, duration_s: 1 };
}

function stream(count: number): StreamPlayable {
  const folder = "https://lab.example/r/heard/";
  const segments = Array.from({ length: count }, (_, index) => [index, 1, []] as const);
  return { kind: "stream", run: "r", id: folder, folder, mime: "audio/mp4", timescale: 48_000, segments };
}

const WANTED = { ...NOTHING_TO_PLAY, isWanted: true };

test("what is wanted plays as soon as it is there, anything else waits for a press", () => {
  playing.update({ ...NOTHING_TO_PLAY, playable: clip("one") });
  expect(element.log).toEqual(["src one"]);
  playing.toggle();
  expect(element.log).toEqual(["src one", "play"]);
  playing.close();
  playing.update({ ...WANTED, playable: clip("two", "s") });
  expect(element.log).toEqual(["src one", "play", "src two", "play"]);
});

test("a stream is opened once, however often it grows", () => {
  for (const count of [0, 1, 2, 3]) playing.update({ ...WANTED, playable: stream(count) });
  expect(element.log).toEqual(["src https://lab.example/r/heard/index.m3u8", "play"]);
});

test("after a pause, the next clip of the same run does not play by itself, and the next run does", () => {
  playing.update({ ...WANTED, playable: clip("one") });
  playing.toggle();
  playing.update({ ...WANTED, playable: clip("two") });
  expect(element.log).toEqual(["src one", "play", "src two"]);
  playing.update({ ...WANTED, playable: clip("three", "s") });
  expect(element.log).toEqual(["src one", "play", "src two", "src three", "play"]);
});

test("a browser that wants a press first says so until it plays", async () => {
  element.refuses = true;
  playing.update({ ...WANTED, playable: clip("one") });
  await Promise.resolve();
  await Promise.resolve();
  expect(playing.isBlocked).toBe(true);
  expect(changes).toBe(1);
  element.refuses = false;
  playing.toggle();
  expect(playing.isBlocked).toBe(false);
});

test("after it was closed, what it played is opened again", () => {
  playing.update({ ...WANTED, playable: stream(1) });
  playing.close();
  expect(element.log.at(-1)).toBe("no src");
  playing.update({ ...WANTED, playable: stream(1) });
  expect(element.log.slice(-2)).toEqual(["src https://lab.example/r/heard/index.m3u8", "play"]);
});

test("a clip that does not begin says so after the stated time, and no longer once it plays", () => {
  playing.update({ ...WANTED, playable: clip("one") });
  vi.advanceTimersByTime(TOLD_AFTER_MS - 1);
  expect(playing.stall).toBe("none");
  vi.advanceTimersByTime(1);
  expect(playing.stall).toBe("loading");
  vi.advanceTimersByTime(STUCK_AFTER_MS - TOLD_AFTER_MS);
  expect(playing.stall).toBe("late");
  element.currentTime = 0.1;
  element.dispatchEvent(new Event("timeupdate"));
  expect(playing.stall).toBe("none");
});

test("nothing is said of a player that is paused, or that waits for a press", () => {
  playing.update({ ...NOTHING_TO_PLAY, playable: clip("one") });
  vi.advanceTimersByTime(STUCK_AFTER_MS);
  expect(playing.stall).toBe("none");
  playing.toggle();
  playing.toggle();
  vi.advanceTimersByTime(STUCK_AFTER_MS);
  expect(playing.stall).toBe("none");
});

test("whatever playing is refused with becomes words", async () => {
  element.play = () =>
    Promise.reject(new DOMException("An attempt was made to use an object", "InvalidStateError"));
  playing.update({ ...WANTED, playable: clip("one") });
  await vi.advanceTimersByTimeAsync(0);
  expect(playing.problem).toBe(englishPlayer.failed);
});

test.each(["NS_ERROR_DOM_MEDIA_CUBEB_INITIALIZATION_ERR (0x806e000b)", "OnMediaSinkAudioError"])(
  "the error of the element is the cause, and replaces what follows from it: %s",
  (message) => {
    playing.update({ ...WANTED, playable: clip("one") });
    playing.report(englishPlayer.failed);
    element.error = { message };
    element.dispatchEvent(new Event("error"));
    expect(playing.problem).toBe(englishPlayer.noDevice);
  },
);
