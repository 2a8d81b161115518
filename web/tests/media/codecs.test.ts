import { describe, expect, test } from "vitest";
import { acceptedCodecs, wayOf, type MediaScope } from "../../src/media/codecs.ts";

/** A window whose sources play these codecs, and an element that says so much of native HLS. */
function source(...codecs: readonly string[]): NonNullable<MediaScope["MediaSource"]> {
  const isTypeSupported = (mime: string): boolean => codecs.some((codec) => mime.includes(codec));
  return { isTypeSupported } as unknown as NonNullable<MediaScope["MediaSource"]>;
}

function element(hls: string): HTMLMediaElement {
  return { canPlayType: () => hls } as unknown as HTMLMediaElement;
}

describe("what a run is asked for", () => {
  test("all that Media Source plays, the best first", () => {
    expect(acceptedCodecs({ MediaSource: source("mp4a", "flac", "opus") })).toEqual(["flac", "opus", "aac"]);
    expect(acceptedCodecs({ ManagedMediaSource: source("mp4a", "opus") })).toEqual(["opus", "aac"]);
  });

  test("AAC where there is only native HLS", () => {
    expect(acceptedCodecs({})).toEqual(["aac"]);
  });
});

describe("the way to play a stream", () => {
  const FLAC = 'audio/mp4; codecs="flac"';

  test("is Media Source before all others, whatever the browser says of HLS", () => {
    const scope = { MediaSource: source("flac"), ManagedMediaSource: source("flac") };
    expect(wayOf(FLAC, scope, element("maybe"))).toBe("source");
  });

  test("is the managed one where it is the only one", () => {
    expect(wayOf(FLAC, { ManagedMediaSource: source("flac") }, element("maybe"))).toBe("managed");
  });

  test("is native HLS where there is neither, and none where that is missing too", () => {
    expect(wayOf(FLAC, {}, element("maybe"))).toBe("hls");
    expect(wayOf(FLAC, {}, element(""))).toBe("none");
    expect(wayOf(FLAC, { MediaSource: source("mp4a") }, element("maybe"))).toBe("none");
  });
});
