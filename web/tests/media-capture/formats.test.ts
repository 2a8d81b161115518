import { expect, test } from "vitest";
import { recordingFormat, recordingName } from "../../src/media-capture/formats.ts";
import { levelOf } from "../../src/media-capture/level.ts";

const everything = (): boolean => true;
const only =
  (...formats: readonly string[]) =>
  (format: string): boolean =>
    formats.includes(format);

test("the browser's first format is taken: WebM where there is one, MP4 on an iPhone", () => {
  expect(recordingFormat("audio", null, everything)).toBe("audio/webm;codecs=opus");
  expect(recordingFormat("audio", null, only("audio/mp4"))).toBe("audio/mp4");
  expect(recordingFormat("video", null, only("video/mp4"))).toBe("video/mp4");
  expect(recordingFormat("audio", null, () => false)).toBe(null);
});

test("nothing is recorded that the input would refuse", () => {
  expect(recordingFormat("audio", ".wav,.mp3", everything)).toBe(null);
  expect(recordingFormat("audio", ".wav,.m4a", everything)).toBe("audio/mp4");
  expect(recordingFormat("video", "video/mp4", everything)).toBe("video/mp4");
});

test("files have the suffix of their kind", () => {
  expect(["audio/webm;codecs=opus", "audio/mp4", "video/mp4"].map(recordingName)).toEqual([
    "recording.webm",
    "recording.m4a",
    "recording.mp4",
  ]);
});

test("silence has no level, and full scale has all of it", () => {
  expect(levelOf(new Float32Array(64))).toBe(0);
  expect(levelOf(new Float32Array(64).fill(1))).toBe(1);
  const speech = levelOf(new Float32Array(64).fill(0.02));
  expect(speech).toBeGreaterThan(0.1);
  expect(speech).toBeLessThan(0.9);
});
