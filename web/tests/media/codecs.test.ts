import { describe, expect, test } from "vitest";
import { acceptedCodecs, expectedMime, wayOf, type MediaScope } from "../../src/media/codecs.ts";

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

describe("the type that is expected", () => {
  const scope = { MediaSource: source("mp4a", "opus") };

  test("is the codec that the demo asks for, or the first that is accepted", () => {
    expect(expectedMime("audio", "auto", scope)).toBe('audio/mp4; codecs="opus"');
    expect(expectedMime("audio", "flac", scope)).toBe('audio/mp4; codecs="flac"');
    expect(expectedMime("audio", "auto", {})).toBe('audio/mp4; codecs="mp4a.40.2"');
  });

  test("has pictures where there will be some", () => {
    expect(expectedMime("video", "aac", scope)).toBe('video/mp4; codecs="avc3.640028, mp4a.40.2"');
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
