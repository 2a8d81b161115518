import { expect, test } from "vitest";
import { admits } from "../../src/contract/accept.ts";

test("a file is admitted by its suffix, whatever its case", () => {
  expect(admits(".wav", "A.WAV", ["audio/x-wav"])).toBe(true);
  expect(admits(".wav", "a.mp3", [""])).toBe(false);
  expect(admits(".png, .jpg", "a.jpg", ["image/jpeg"])).toBe(true);
});

test("a file is admitted by its media type, by the type's family, or by another name of the type", () => {
  expect(admits("audio/*", "a.mp3", ["audio/mpeg"])).toBe(true);
  expect(admits("video/*", "a.mp3", ["audio/mpeg"])).toBe(false);
  expect(admits("audio/wav, audio/mpeg", "a.mp3", ["audio/mpeg"])).toBe(true);
  expect(admits("audio/mp3", "a.mp3", ["audio/mpeg"])).toBe(true);
  expect(admits("audio/mp4", "a.m4a", ["audio/x-m4a"])).toBe(true);
  expect(admits("image/jpg", "a.jpg", ["image/jpeg"])).toBe(true);
});

test("a file that counts as several types is admitted by any of them", () => {
  expect(admits("audio/*", "a.mp4", ["video/mp4", "audio/mp4"])).toBe(true);
});

test("a file without a type is left to the server", () => {
  expect(admits("video/*", "a.mkv", [""])).toBe(true);
});
