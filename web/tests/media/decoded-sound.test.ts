import { afterEach, expect, test, vi } from "vitest";
import { decodedLength } from "../../src/media/decoded-sound.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("the length of a file is the one of what it decodes to", async () => {
  class Context {
    decodeAudioData(bytes: ArrayBuffer): Promise<{ duration: number }> {
      return Promise.resolve({ duration: bytes.byteLength / 2 });
    }
  }
  vi.stubGlobal("OfflineAudioContext", Context);
  expect(await decodedLength(new Blob(["12345"]))).toBe(2.5);
});
