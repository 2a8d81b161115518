import { describe, expect, test } from "vitest";
import type { Segment } from "../../src/contract/value.ts";
import { Feeder } from "../../src/media/feeder.ts";
import { Gone, Lost, type Load } from "../../src/media/types.ts";
import { bytesOf, FakePort } from "./fake-port.ts";

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

/** A feeder between a scripted server and a fake buffer. */
function scene({ segments = HOUR, keyed = () => true, answer = () => null }: Scene = {}): {
  feeder: Feeder;
  port: FakePort;
  asked: string[];
  urgent: Map<string, boolean>;
  flying: () => number;
  told: string[];
  at: (time_s: number) => Promise<void>;
  settle: () => Promise<void>;
} {
  const port = new FakePort(segments);
  const asked: string[] = [];
  const urgent = new Map<string, boolean>();
  const told: string[] = [];
  let position_s = 0;
  let flying = 0;
  let most = 0;
  const load: Load = async (file, { signal, isUrgent }) => {
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
  const feeder = new Feeder({
    load,
    findKeys: (bytes) => (keyed(parseInt(new TextDecoder().decode(bytes))) ? [0] : []),
    position: () => position_s,
    hears: {
      jump: (time_s) => {
        told.push(`jump ${time_s}`);
        position_s = time_s;
      },
      broken: (reason) => told.push(reason),
    },
  });
  feeder.open(port);
  const settle = async (): Promise<void> => {
    let before = -1;
    while (before !== port.log.length + asked.length || flying > 0) {
      before = port.log.length + asked.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const at = async (time_s: number): Promise<void> => {
    position_s = time_s;
    feeder.moved();
    await settle();
  };
  return { feeder, port, asked, urgent, flying: () => most, told, at, settle };
}

function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => String(from + index));
}

describe("a stream that grows", () => {
  test("its segments are appended in order, after the head, each once", async () => {
    const { feeder, port, asked, settle } = scene();
    for (const count of [0, 1, 2, 4]) {
      feeder.take(HOUR.slice(0, count), false);
      await settle();
    }
    expect(port.log).toEqual(["init.mp4", "0", "1", "2", "3"]);
    expect(asked).toEqual(["init.mp4", "0", "1", "2", "3"]);
  });

  test("it is finished once, when the run is over and all is in", async () => {
    const { feeder, port, settle } = scene();
    feeder.take(HOUR.slice(0, 3), false);
    await settle();
    expect(port.isFinished).toBe(false);
    feeder.take(HOUR.slice(0, 3), true);
    await settle();
    expect(port.log).toEqual(["init.mp4", "0", "1", "2", "finish"]);
  });

  test("one without segments is finished too", async () => {
    const { feeder, port, settle } = scene();
    feeder.take([], true);
    await settle();
    expect(port.log).toEqual(["init.mp4", "finish"]);
  });

  test("a long backlog is fetched two at a time, a minute ahead and no further", async () => {
    const { feeder, port, flying, urgent, settle } = scene();
    feeder.take(HOUR, true);
    await settle();
    expect(port.log).toEqual(["init.mp4", ...numbers(0, 61)]);
    expect(flying()).toBeLessThanOrEqual(3);
    expect([urgent.get("2"), urgent.get("4")]).toEqual([true, false]);
  });

  test("a source that wants no more is given no more, until it does", async () => {
    const { feeder, port, settle } = scene();
    port.wantsMore = false;
    feeder.take(HOUR.slice(0, 3), false);
    await settle();
    expect(port.log).toEqual(["init.mp4"]);
    port.wantsMore = true;
    feeder.moved();
    await settle();
    expect(port.log).toEqual(["init.mp4", "0", "1", "2"]);
  });
});

describe("what was played", () => {
  test("an hour keeps no more in the buffer than what is near", async () => {
    const { feeder, port, at } = scene();
    feeder.take(HOUR, true);
    for (let time_s = 0; time_s < 3600; time_s += 15) await at(time_s);
    const held_s = port.buffered.reduce((sum, { from_s, to_s }) => sum + to_s - from_s, 0);
    expect(held_s).toBeLessThan(110);
    expect(port.isFinished).toBe(true);
  });

  test("seeking back to it fetches it again, and what is far ahead is let go", async () => {
    const { feeder, port, asked, at } = scene();
    feeder.take(HOUR, true);
    for (const time_s of [0, 50, 100, 150]) await at(time_s);
    asked.length = 0;
    await at(10);
    expect(asked.slice(0, 3)).toEqual(["10", "11", "12"]);
    expect(port.buffered.at(-1)?.to_s).toBeLessThanOrEqual(111);
  });

  test("a buffer that is full is emptied of it, and what did not fit is appended again", async () => {
    const { feeder, port, told, at, settle } = scene();
    port.room = 20;
    feeder.take(HOUR, true);
    await settle();
    expect(port.log.at(-1)).toBe("19");
    for (let time_s = 1; time_s < 60; time_s += 1) await at(time_s);
    expect(port.log.filter((entry) => /^\d+$/.test(entry)).slice(0, 60)).toEqual(numbers(0, 60));
    expect(told).toEqual([]);
  });

  test("pictures are removed only up to a key frame, because everything up to the next one goes too", async () => {
    const { feeder, port, at } = scene({ keyed: (index) => index % 25 === 0 });
    feeder.take(HOUR, true);
    for (const time_s of [0, 40, 50, 70, 79]) await at(time_s);
    expect(port.log.filter((entry) => entry.startsWith("remove"))).toEqual(["remove 0-25"]);
  });
});

describe("pictures that lean on those before", () => {
  test("after a seek it reaches back to a key frame and goes on from there", async () => {
    const { feeder, port, at, settle } = scene({ keyed: (index) => index % 25 === 0 });
    feeder.take(HOUR.slice(0, 30), false);
    await settle();
    feeder.take(HOUR, true);
    port.log.length = 0;
    await at(428);
    expect(port.log.filter((entry) => /^\d+$/.test(entry)).slice(0, 5)).toEqual(numbers(425, 430));
  });
});

describe("what the server does not have", () => {
  test("a dropped part is jumped over, and what follows is played", async () => {
    const answer = (file: string): Error | null => (["2.m4s", "3.m4s"].includes(file) ? new Gone(0) : null);
    const { feeder, port, told, at, settle } = scene({ segments: seconds(6), answer });
    feeder.take(seconds(6), true);
    await settle();
    await at(1);
    expect(told).toEqual([]);
    await at(1.9);
    expect(told).toEqual(["jump 4"]);
    expect(port.log).toEqual(["init.mp4", "0", "1", "4", "5", "finish"]);
  });

  test("however much was dropped, one refusal is enough to know", async () => {
    const answer = (file: string): Error | null => (parseInt(file) < 900 ? new Gone(900) : null);
    const { feeder, asked, told, settle } = scene({ answer });
    feeder.take(HOUR, false);
    await settle();
    expect(asked.slice(0, 4)).toEqual(["init.mp4", "0", "1", "900"]);
    expect(told).toEqual(["jump 900"]);
  });

  test("a lost stream ends where it is lost, and says so", async () => {
    const answer = (file: string): Error | null => (file === "3.m4s" ? new Lost("lost") : null);
    const { feeder, port, told, settle } = scene({ answer });
    feeder.take(HOUR, false);
    await settle();
    expect(port.log).toEqual(["init.mp4", "0", "1", "2", "finish"]);
    expect(told).toEqual(["The server does not have the rest of this stream any more."]);
  });

  test("one that is lost while it plays is heard to the end of what is there, and said to be lost once", async () => {
    let isLost = false;
    const { feeder, port, told, at } = scene({ answer: () => (isLost ? new Lost("lost") : null) });
    feeder.take(HOUR, true);
    for (const time_s of [0, 60, 100]) await at(time_s);
    isLost = true;
    await at(5);
    await at(100);
    feeder.take(HOUR, true);
    expect(port.isFinished).toBe(true);
    expect(told).toHaveLength(1);
  });

  test("closing aborts what is being fetched, and nothing is told of it", async () => {
    const { feeder, port, told, settle } = scene();
    feeder.take(HOUR, false);
    feeder.close();
    await settle();
    expect([port.log, told]).toEqual([[], []]);
  });
});
