import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { retryingFetch } from "../../src/media/retrying-fetch.ts";
import { SegmentGone, StreamGone } from "../../src/media/types.ts";

const FOLDER = "https://lab.example/api/runs/r/outputs/o/";
let answers: (Response | Error)[] = [];
let asked: [string, RequestInit | undefined][] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal("fetch", (address: string, init?: RequestInit) => {
    asked.push([address, init]);
    const answer = answers.shift() ?? new Response("late");
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function load(troubles: number[] = [], signal = new AbortController().signal): Promise<ArrayBuffer> {
  const loading = retryingFetch(FOLDER, (attempts) => troubles.push(attempts))("3.m4s", {
    isUrgent: false,
    signal,
  });
  // A caller that awaits it sees the rejection too.
  loading.catch(() => undefined);
  return loading;
}

describe("a file of a stream", () => {
  test("is fetched from the stream's folder, behind more urgent requests", async () => {
    answers = [new Response("bytes")];
    expect(new TextDecoder().decode(await load())).toBe("bytes");
    expect(asked).toMatchObject([[`${FOLDER}3.m4s`, { priority: "low", cache: "default" }]]);
  });

  test("is tried again after a failure that passes, past any cache, and says how it goes", async () => {
    answers = [new TypeError("network"), new Response("", { status: 503 }), new Response("bytes")];
    const troubles: number[] = [];
    const loading = load(troubles);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await loading).byteLength).toBe(5);
    expect(troubles).toEqual([1, 2, 0]);
    expect(asked.map(([, init]) => init?.cache)).toEqual(["default", "reload", "reload"]);
  });

  test("is gone or lost when the server says so, and not asked for again", async () => {
    const playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:12\n";
    answers = [new Response("", { status: 410 }), new Response(playlist), new Response("", { status: 404 })];
    await expect(load()).rejects.toEqual(new SegmentGone(12));
    await expect(load()).rejects.toBeInstanceOf(StreamGone);
    expect(asked.map(([address]) => address.replace(FOLDER, ""))).toEqual(["3.m4s", "index.m3u8", "3.m4s"]);
  });

  test("is no longer waited for when nobody wants it", async () => {
    answers = [new Response("", { status: 503 })];
    const controller = new AbortController();
    const loading = load([], controller.signal);
    await vi.advanceTimersByTimeAsync(10);
    controller.abort();
    await expect(loading).rejects.toMatchObject({ name: "AbortError" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
  });
});
