/**
 * What this browser plays, and by which way.
 *
 * Media Source first: Chromium says "maybe" to native HLS, and then ends a growing playlist at once.
 */
import { hasPictures, type Medium } from "../contract/medium.ts";

export type Way = "source" | "managed" | "hls" | "none";

interface SourceClass {
  new (): MediaSource;
  isTypeSupported: (mime: string) => boolean;
}

/** A window as far as streams of media are concerned. */
export interface MediaScope {
  readonly MediaSource?: SourceClass;
  /** The one that iPhones have, which says itself when it wants data. */
  readonly ManagedMediaSource?: SourceClass;
}

/** Best first: exact and quick to make, then light, then what every browser has. */
const SOUND = [
  ["flac", 'audio/mp4; codecs="flac"'],
  ["opus", 'audio/mp4; codecs="opus"'],
  ["aac", 'audio/mp4; codecs="mp4a.40.2"'],
] as const;

export function sourceClass(scope: MediaScope): SourceClass | null {
  return scope.MediaSource ?? scope.ManagedMediaSource ?? null;
}

/** The codecs to ask a run for. Native HLS surely plays AAC, and tells of nothing else. */
export function acceptedCodecs(scope: MediaScope): readonly string[] {
  const source = sourceClass(scope);
  const played = SOUND.filter(([, mime]) => source?.isTypeSupported(mime)).map(([name]) => name);
  return played.length === 0 ? ["aac"] : played;
}

/** Whatever pictures a stream will have: what is expected only has to be of the same kind. */
const PICTURES = "avc3.640028";

/** The type that a stream will most likely have: its codec is asked for, or the first that is accepted here. */
export function expectedMime(medium: Medium, codec: string, scope: MediaScope): string {
  const wanted = codec === "auto" ? acceptedCodecs(scope)[0] : codec;
  const sound = SOUND.find(([name]) => name === wanted)?.[1] ?? SOUND[2][1];
  if (!hasPictures(medium)) return sound;
  return sound.replace("audio/", "video/").replace('="', `="${PICTURES}, `);
}

/** How a stream of this type is played here. */
export function wayOf(mime: string, scope: MediaScope, element: HTMLMediaElement): Way {
  const source = sourceClass(scope);
  if (source?.isTypeSupported(mime)) return source === scope.MediaSource ? "source" : "managed";
  return element.canPlayType("application/vnd.apple.mpegurl") !== "" && source === null ? "hls" : "none";
}
