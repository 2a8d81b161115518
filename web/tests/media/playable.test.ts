// @vitest-environment jsdom
import { expect, test } from "vitest";
import { playableOf } from "../../src/media/playable.ts";

document.head.innerHTML = '<base href="https://lab.example/below/">';

test("a stream is played from its folder, below the mount", () => {
  const segments = [[0, 1, [50]]] as const;
  expect(playableOf({ mime: "audio/mp4", timescale: 48_000, segments }, "run", "a b")).toEqual({
    kind: "stream",
    run: "run",
    id: "https://lab.example/below/api/runs/run/outputs/a%20b/",
    folder: "https://lab.example/below/api/runs/run/outputs/a%20b/",
    mime: "audio/mp4",
    timescale: 48_000,
    segments,
  });
});

test("a clip is the same thing to play as long as its bytes are", () => {
  const value = { blob: "digest", mime: "video/webm", size: 7, duration_s: 2, width: 64, height: 48 };
  const address = "https://lab.example/below/api/runs/run/blobs/digest";
  expect(playableOf(value, "run", "out")).toEqual({
    kind: "clip",
    run: "run",
    id: address,
    address,
    mime: "video/webm",
    size: 7,
    duration_s: 2,
  });
});

test("nothing, another's shape and a value without a run are nothing to play", () => {
  expect(playableOf(null, "run", "out")).toBe(null);
  expect(playableOf("text", "run", "out")).toBe(null);
  expect(playableOf({ blob: "d" }, null, "out")).toBe(null);
});
