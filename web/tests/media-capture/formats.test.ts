import { expect, test } from "vitest";
import { admits, recordingFormat, recordingName } from "../../src/media-capture/formats.ts";
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

test("files are admitted by suffix or type, a video for its sound, and one without a type on trust", () => {
  const file = (name: string, type: string): { name: string; type: string } => ({ name, type });
  expect(admits(null, "audio", file("a.mp3", "audio/mpeg"))).toBe(true);
  expect(admits(null, "audio", file("a.mp4", "video/mp4"))).toBe(true);
  expect(admits(null, "video", file("a.mp3", "audio/mpeg"))).toBe(false);
  expect(admits(null, "video", file("a.mkv", ""))).toBe(true);
  expect(admits(".wav", "audio", file("A.WAV", "audio/x-wav"))).toBe(true);
  expect(admits(".wav", "audio", file("a.mp3", ""))).toBe(false);
  expect(admits("audio/mp3", "audio", file("a.mp3", "audio/mpeg"))).toBe(true);
  expect(admits("audio/mp4", "audio", file("a.m4a", "audio/x-m4a"))).toBe(true);
  expect(admits("audio/wav, audio/mpeg", "audio", file("a.mp3", "audio/mpeg"))).toBe(true);
});

test("silence has no level, and full scale has all of it", () => {
  expect(levelOf(new Float32Array(64))).toBe(0);
  expect(levelOf(new Float32Array(64).fill(1))).toBe(1);
  const speech = levelOf(new Float32Array(64).fill(0.02));
  expect(speech).toBeGreaterThan(0.1);
  expect(speech).toBeLessThan(0.9);
});
