import { describe, expect, test } from "vitest";
import type { Segment } from "../../src/contract/value.ts";
import { SegmentLoader } from "../../src/media/segment-loader.ts";
import { SegmentGone, StreamGone, type FetchFile } from "../../src/media/types.ts";
import { bytesOf, FakeBuffer } from "./fake-buffer.ts";

const HOUR = seconds(3600);

function seconds(count: number): readonly Segment[] {
  return Array.from({ length: count }, (_, index): Segment => [index, 1, []]);
}

interface Scene {
  readonly segments?: readonly Segment[];
  /** Which segments begin with a key frame; all do when this is left out. */
  readonly keyed?: (index: number) => boolean;
  readonly answer?: (file: string) => Error | null;
}

/** A loader between a scripted server and a fake buffer. */
function scene({ segments = HOUR, keyed = () => true, answer = () => null }: Scene = {}): {
  loader: SegmentLoader;
  buffer: FakeBuffer;
  asked: string[];
  urgent: Map<string, boolean>;
  flying: () => number;
  reported: string[];
  at: (time_s: number) => Promise<void>;
  settle: () => Promise<void>;
} {
  const buffer = new FakeBuffer(segments);
  const asked: string[] = [];
  const urgent = new Map<string, boolean>();
  const reported: string[] = [];
  let position_s = 0;
  let flying = 0;
  let most = 0;
  const fetchFile: FetchFile = async (file, { signal, isUrgent }) => {
    asked.push(file.replace(".m4s", ""));
    urgent.set(file.replace(".m4s", ""), isUrgent);
    flying += 1;
    if (file !== "init.mp4") most = Math.max(most, flying);
    await Promise.resolve();
    flying -= 1;
    if (signal.aborted) throw new DOMException("No longer wanted.", "AbortError");
    const refusal = answer(file);
    if (refusal !== null) throw refusal;
    return bytesOf(file);
  };
  const loader = new SegmentLoader({
    fetchFile,
    findKeys: (bytes) => (keyed(parseInt(new TextDecoder().decode(bytes))) ? [0] : []),
    position: () => position_s,
    jump: (time_s) => {
      reported.push(`jump ${time_s}`);
      position_s = time_s;
    },
    fail: (reason) => reported.push(reason),
  });
  loader.attach(buffer);
  const settle = async (): Promise<void> => {
    let before = -1;
    while (before !== buffer.log.length + asked.length || flying > 0) {
      before = buffer.log.length + asked.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const at = async (time_s: number): Promise<void> => {
    position_s = time_s;
    loader.positionChanged();
    await settle();
  };
  return { loader, buffer, asked, urgent, flying: () => most, reported, at, settle };
}

function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => String(from + index));
}

describe("a stream that grows", () => {
  test("its segments are appended in order, after the head, each once", async () => {
    const { loader, buffer, asked, settle } = scene();
    for (const count of [0, 1, 2, 4]) {
      loader.update(HOUR.slice(0, count), false);
      await settle();
    }
    expect(buffer.log).toEqual(["init.mp4", "0", "1", "2", "3"]);
    expect(asked).toEqual(["init.mp4", "0", "1", "2", "3"]);
  });

  test("it is finished once, when the run is over and all is in", async () => {
    const { loader, buffer, settle } = scene();
    loader.update(HOUR.slice(0, 3), false);
    await settle();
    expect(buffer.isEnded).toBe(false);
    loader.update(HOUR.slice(0, 3), true);
    await settle();
    expect(buffer.log).toEqual(["init.mp4", "0", "1", "2", "end"]);
  });

  test("one without segments is finished too", async () => {
    const { loader, buffer, settle } = scene();
    loader.update([], true);
    await settle();
    expect(buffer.log).toEqual(["init.mp4", "end"]);
  });

  test("a long backlog is fetched two at a time, a minute ahead and no further", async () => {
    const { loader, buffer, flying, urgent, settle } = scene();
    loader.update(HOUR, true);
    await settle();
    expect(buffer.log).toEqual(["init.mp4", ...numbers(0, 61)]);
    expect(flying()).toBeLessThanOrEqual(3);
    expect([urgent.get("2"), urgent.get("4")]).toEqual([true, false]);
  });

  test("a source that wants no more is given no more, until it does", async () => {
    const { loader, buffer, settle } = scene();
    buffer.wantsMore = false;
    loader.update(HOUR.slice(0, 3), false);
    await settle();
    expect(buffer.log).toEqual(["init.mp4"]);
    buffer.wantsMore = true;
    loader.positionChanged();
    await settle();
    expect(buffer.log).toEqual(["init.mp4", "0", "1", "2"]);
  });
});

describe("what was played", () => {
  test("an hour keeps no more in the buffer than what is near", async () => {
    const { loader, buffer, at } = scene();
    loader.update(HOUR, true);
    for (let time_s = 0; time_s < 3600; time_s += 15) await at(time_s);
    const held_s = buffer.buffered.reduce((sum, { from_s, to_s }) => sum + to_s - from_s, 0);
    expect(held_s).toBeLessThan(110);
    expect(buffer.isEnded).toBe(true);
  });

  test("seeking back to it fetches it again, and what is far ahead is let go", async () => {
    const { loader, buffer, asked, at } = scene();
    loader.update(HOUR, true);
    for (const time_s of [0, 50, 100, 150]) await at(time_s);
    asked.length = 0;
    await at(10);
    expect(asked.slice(0, 3)).toEqual(["10", "11", "12"]);
    expect(buffer.buffered.at(-1)?.to_s).toBeLessThanOrEqual(111);
  });

  test("a buffer that is full is emptied of it, and what did not fit is appended again", async () => {
    const { loader, buffer, reported, at, settle } = scene();
    buffer.room = 20;
    loader.update(HOUR, true);
    await settle();
    expect(buffer.log.at(-1)).toBe("19");
    for (let time_s = 1; time_s < 60; time_s += 1) await at(time_s);
    expect(buffer.log.filter((entry) => /^\d+$/.test(entry)).slice(0, 60)).toEqual(numbers(0, 60));
    expect(reported).toEqual([]);
  });

  test("pictures are removed only up to a key frame, because everything up to the next one goes too", async () => {
    const { loader, buffer, at } = scene({ keyed: (index) => index % 25 === 0 });
    loader.update(HOUR, true);
    for (const time_s of [0, 40, 50, 70, 79]) await at(time_s);
    expect(buffer.log.filter((entry) => entry.startsWith("remove"))).toEqual(["remove 0-25"]);
  });
});

describe("pictures that lean on those before", () => {
  test("after a seek it reaches back to a key frame and goes on from there", async () => {
    const { loader, buffer, at, settle } = scene({ keyed: (index) => index % 25 === 0 });
    loader.update(HOUR.slice(0, 30), false);
    await settle();
    loader.update(HOUR, true);
    buffer.log.length = 0;
    await at(428);
    expect(buffer.log.filter((entry) => /^\d+$/.test(entry)).slice(0, 5)).toEqual(numbers(425, 430));
  });
});

describe("what the server does not have", () => {
  test("a playhead before the first of what the browser has buffered jumps to it", async () => {
    const late = seconds(5).map(([start_s, duration_s, peaks]): Segment => [start_s + 1, duration_s, peaks]);
    const { loader, buffer, reported, settle } = scene({ segments: late });
    loader.update(seconds(5), false);
    await settle();
    expect(buffer.buffered).toEqual([{ from_s: 1, to_s: 6 }]);
    expect(reported).toEqual(["jump 1"]);
  });

  test("a dropped part is jumped over, and what follows is played", async () => {
    const answer = (file: string): Error | null =>
      ["2.m4s", "3.m4s"].includes(file) ? new SegmentGone(0) : null;
    const { loader, buffer, reported, at, settle } = scene({ segments: seconds(6), answer });
    loader.update(seconds(6), true);
    await settle();
    await at(1);
    expect(reported).toEqual([]);
    await at(1.9);
    expect(reported).toEqual(["jump 4"]);
    expect(buffer.log).toEqual(["init.mp4", "0", "1", "4", "5", "end"]);
  });

  test("however much was dropped, one refusal is enough to know", async () => {
    const answer = (file: string): Error | null => (parseInt(file) < 900 ? new SegmentGone(900) : null);
    const { loader, asked, reported, settle } = scene({ answer });
    loader.update(HOUR, false);
    await settle();
    expect(asked.slice(0, 4)).toEqual(["init.mp4", "0", "1", "900"]);
    expect(reported).toEqual(["jump 900"]);
  });

  test("a lost stream ends where it is lost, and says so", async () => {
    const answer = (file: string): Error | null => (file === "3.m4s" ? new StreamGone("lost") : null);
    const { loader, buffer, reported, settle } = scene({ answer });
    loader.update(HOUR, false);
    await settle();
    expect(buffer.log).toEqual(["init.mp4", "0", "1", "2", "end"]);
    expect(reported).toEqual(["The server does not have the rest of this stream any more."]);
  });

  test("one that is lost while it plays is heard to the end of what is there, and said to be lost once", async () => {
    let isLost = false;
    const { loader, buffer, reported, at } = scene({
      answer: () => (isLost ? new StreamGone("lost") : null),
    });
    loader.update(HOUR, true);
    for (const time_s of [0, 60, 100]) await at(time_s);
    isLost = true;
    await at(5);
    await at(100);
    loader.update(HOUR, true);
    expect(buffer.isEnded).toBe(true);
    expect(reported).toHaveLength(1);
  });

  test("closing aborts what is being fetched, and nothing is reported of it", async () => {
    const { loader, buffer, reported, settle } = scene();
    loader.update(HOUR, false);
    loader.close();
    await settle();
    expect([buffer.log, reported]).toEqual([[], []]);
  });
});
