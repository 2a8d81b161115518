import { expect, test } from "vitest";
import { keyOffsets } from "../../src/media/key-frames.ts";

const KEY = 0x0200_0000;
const OTHER = 0x0101_0000;

function box(type: string, ...parts: readonly (number | Uint8Array)[]): Uint8Array {
  const body = parts.flatMap((part) => (typeof part === "number" ? [...word(part)] : [...part]));
  return new Uint8Array([...word(8 + body.length), ...new TextEncoder().encode(type), ...body]);
}

function word(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
}

function fragment(...tracks: readonly Uint8Array[]): ArrayBuffer {
  const moof = box("moof", box("mfhd", 0, 1), ...tracks);
  return new Uint8Array([...box("styp", 0), ...moof, ...box("mdat", 7, 7)]).buffer;
}

test("key frames are found by each sample's flags, at the time when they are shown", () => {
  // Durations, sizes, flags and offsets of composition are all there.
  const samples = [100, 5, KEY, 50, 100, 5, OTHER, 250, 100, 5, OTHER, -50, 100, 5, KEY, 50];
  const trun = box("trun", 0x0100_0f01, 4, 0, ...samples);
  const sound = box("traf", box("tfhd", 0x2_0000, 2), box("trun", 0x200, 1, 9));
  const pictures = box("traf", box("tfhd", 0x2_0000, 1), box("tfdt", 0, 0), trun);
  expect(keyOffsets(fragment(sound, pictures), 1, 100)).toEqual([0, 3]);
});

test("each part of a segment is decoded from its own time on", () => {
  const header = box("tfhd", 0x2_0000, 1);
  const key = box("trun", 0x0100_0f01, 1, 0, 100, 5, KEY, 0);
  const later = box("trun", 0x0100_0f01, 2, 0, 100, 5, OTHER, 101, 100, 5, KEY, 100);
  const first = fragment(box("traf", header, box("tfdt", 0x0100_0000, 1, 300), key));
  const second = fragment(box("traf", header, box("tfdt", 0x0100_0000, 1, 399), later));
  const segment = new Uint8Array([...new Uint8Array(first), ...new Uint8Array(second)]).buffer;
  expect(keyOffsets(segment, 1, 100)).toEqual([0, 2.99]);
});

test("the header's defaults and the first sample's own flags count too", () => {
  const header = box("tfhd", 0x2_0038, 1, 40, 9, OTHER);
  const track = box("traf", header, box("trun", 0x5, 3, 0, KEY));
  expect(keyOffsets(fragment(track), 1, 10)).toEqual([0]);
  expect(keyOffsets(fragment(box("traf", header, box("trun", 0x1, 3, 0))), 1, 10)).toEqual([]);
});

test("a fragment without the track, or cut short, has none", () => {
  const track = box("traf", box("tfhd", 0x2_0000, 2), box("trun", 0x200, 1, 9));
  expect(keyOffsets(fragment(track), 1, 10)).toEqual([]);
  expect(keyOffsets(fragment(track).slice(0, 30), 2, 10)).toEqual([]);
});
