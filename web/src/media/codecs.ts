/**
 * What this browser plays, and in which way.
 *
 * Media Source comes first: Chromium claims "maybe" for native HLS, and then ends a growing playlist at once.
 */
import { hasPictures, type Medium } from "../contract/medium.ts";

export type Way = "source" | "managed" | "hls" | "none";

interface SourceClass {
  new (): MediaSource;
  isTypeSupported: (mime: string) => boolean;
}

/** The parts of a window that playback needs. */
export interface MediaScope {
  readonly MediaSource?: SourceClass;
  /** The one of iPhones, which reports when it wants data. */
  readonly ManagedMediaSource?: SourceClass;
}

/** Best first: lossless and fast to encode, then small, then supported everywhere. */
const AUDIO = [
  ["flac", 'audio/mp4; codecs="flac"'],
  ["opus", 'audio/mp4; codecs="opus"'],
  ["aac", 'audio/mp4; codecs="mp4a.40.2"'],
] as const;

export function sourceClass(scope: MediaScope): SourceClass | null {
  return scope.MediaSource ?? scope.ManagedMediaSource ?? null;
}

/** The codecs to request from a run. Native HLS certainly plays AAC, and does not report others. */
export function acceptedCodecs(scope: MediaScope): readonly string[] {
  const source = sourceClass(scope);
  const played = AUDIO.filter(([, mime]) => source?.isTypeSupported(mime)).map(([name]) => name);
  return played.length === 0 ? ["aac"] : played;
}

/** A stand-in for the actual H.264 profile: the expected type only has to be of the same kind. */
const H264 = "avc3.640028";

/** The most likely type of a stream: with the requested codec, or the first accepted one. */
export function expectedMime(medium: Medium, codec: string, scope: MediaScope): string {
  const wanted = codec === "auto" ? acceptedCodecs(scope)[0] : codec;
  const audio = AUDIO.find(([name]) => name === wanted)?.[1] ?? AUDIO[2][1];
  if (!hasPictures(medium)) return audio;
  return audio.replace("audio/", "video/").replace('="', `="${H264}, `);
}

/** How a stream of this type is played here. */
export function wayOf(mime: string, scope: MediaScope, element: HTMLMediaElement): Way {
  const source = sourceClass(scope);
  if (source?.isTypeSupported(mime)) return source === scope.MediaSource ? "source" : "managed";
  return element.canPlayType("application/vnd.apple.mpegurl") !== "" && source === null ? "hls" : "none";
}
