/**
 * Plays one stream on one element, by the way this browser has for it.
 *
 *     source, managed   Media Source, fed by a Feeder       hls   the playlist, by the browser itself
 */
import type { Segment } from "../contract/value.ts";
import { sourceClass, wayOf, type MediaScope, type Way } from "./codecs.ts";
import { Feeder } from "./feeder.ts";
import { keyOffsets } from "./key-frames.ts";
import { loaderOf } from "./loader.ts";
import { openSource, portOf, type OpeningSource } from "./source-port.ts";

/** Pictures are the first track wherever there are any. */
const FIRST_TRACK = 1;
const PLAYLIST = "index.m3u8";

export interface StreamPlan {
  /** The address of the stream's files, with a slash at its end. */
  readonly folder: string;
  readonly mime: string;
  /** Of the first track. */
  readonly timescale: number;
  readonly join_s: number;
}

/** Open a source for a stream that is expected, of this type; null where streams are played another way. */
export function expectStream(
  element: HTMLMediaElement,
  mime: string,
  scope: MediaScope = window,
): OpeningSource | null {
  const source = sourceClass(scope);
  if (source === null || source !== scope.MediaSource) return null;
  return openSource(element, new source(), source.isTypeSupported(mime) ? mime : "");
}

export interface SessionHears {
  /** It cannot be played, or not on: why, for the visitor. */
  readonly broken: (reason: string) => void;
  /** So many attempts to fetch something failed by now; 0 when it is well again. */
  readonly troubled: (attempts: number) => void;
}

export class StreamSession {
  readonly way: Way;
  private readonly closing = new AbortController();
  /** Where it will begin, while the element cannot seek there yet. */
  private joining_s: number | null = null;
  private readonly feeder: Feeder | null = null;

  constructor(
    private readonly element: HTMLMediaElement,
    private readonly plan: StreamPlan,
    private readonly hears: SessionHears,
    opening: OpeningSource | null = null,
    scope: MediaScope = window,
  ) {
    this.way = wayOf(plan.mime, scope, element);
    if (this.way === "none") {
      hears.broken(`This browser does not play ${plan.mime}.`);
      return;
    }
    this.join();
    const source = this.way === "hls" ? null : sourceClass(scope);
    if (source === null) {
      element.src = new URL(PLAYLIST, plan.folder).href;
      return;
    }
    this.feeder = this.newFeeder();
    void this.open(opening ?? openSource(element, new source()), this.feeder);
  }

  take(segments: readonly Segment[], isOver: boolean): void {
    this.feeder?.take(segments, isOver);
  }

  close(): void {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    this.feeder?.close();
    this.element.removeAttribute("src");
    this.element.load();
  }

  private join(): void {
    const { element, plan, closing } = this;
    if (plan.join_s === 0) return;
    this.joining_s = plan.join_s;
    const seek = (): void => {
      this.joining_s = null;
      element.currentTime = plan.join_s;
    };
    element.addEventListener("loadedmetadata", seek, { once: true, signal: closing.signal });
  }

  private async open(opening: OpeningSource, feeder: Feeder): Promise<void> {
    const { element, plan, closing } = this;
    const { source, opened } = opening;
    element.disableRemotePlayback = this.way === "managed";
    const signal = closing.signal;
    const moved = (): void => {
      feeder.moved();
    };
    const evicted = (): void => {
      feeder.evicted();
    };
    await opened;
    // Closed, or the element was given something else to play.
    if (signal.aborted || source.readyState !== "open") return;
    const port = portOf(opening, plan.mime, { wantsMore: moved, evicted });
    for (const event of ["timeupdate", "seeking"]) element.addEventListener(event, moved, { signal });
    feeder.open(port);
  }

  private newFeeder(): Feeder {
    const { element, plan, hears } = this;
    const hasPictures = plan.mime.startsWith("video/");
    return new Feeder({
      load: loaderOf(plan.folder, hears.troubled),
      findKeys: (bytes) => (hasPictures ? keyOffsets(bytes, FIRST_TRACK, plan.timescale) : [0]),
      position: () => this.joining_s ?? element.currentTime,
      hears: {
        broken: hears.broken,
        jump: (time_s) => {
          element.currentTime = time_s;
        },
      },
    });
  }
}
