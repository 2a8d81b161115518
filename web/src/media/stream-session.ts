/**
 * Plays one stream on one element, in the way that this browser supports.
 *
 *     source, managed   Media Source, filled by a SegmentLoader       hls   the playlist, by the browser itself
 */
import type { Segment } from "../contract/value.ts";
import { playerWords } from "./player-words.ts";
import { sourceClass, wayOf, type MediaScope, type Way } from "./codecs.ts";
import { settle } from "./failure.ts";
import { keyOffsets } from "./key-frames.ts";
import { retryingFetch } from "./retrying-fetch.ts";
import { SegmentLoader } from "./segment-loader.ts";
import { bufferOf, openSource, type OpeningSource } from "./source-buffer.ts";

/** Video is the first track wherever there is any. */
const FIRST_TRACK = 1;
const PLAYLIST = "index.m3u8";

export interface StreamPlan {
  /** The address of the stream's files, with a slash at its end. */
  readonly folder: string;
  readonly mime: string;
  /** Of the first track. */
  readonly timescale: number;
  /** Where to start. */
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

export interface SessionCallbacks {
  /** It cannot be played, or not any further; the reason is for the visitor. */
  readonly failed: (reason: string) => void;
  /** This many attempts to fetch something have failed so far; 0 when fetching works again. */
  readonly retrying: (attempts: number) => void;
}

export class StreamSession {
  readonly way: Way;
  private readonly closing = new AbortController();
  /** Where it will start, while the element cannot seek there yet. */
  private joining_s: number | null = null;
  private readonly loader: SegmentLoader | null = null;

  constructor(
    private readonly element: HTMLMediaElement,
    private readonly plan: StreamPlan,
    private readonly callbacks: SessionCallbacks,
    opening: OpeningSource | null = null,
    scope: MediaScope = window,
  ) {
    this.way = wayOf(plan.mime, scope, element);
    if (this.way === "none") {
      callbacks.failed(playerWords().unplayableType(plan.mime));
      return;
    }
    this.join();
    const source = this.way === "hls" ? null : sourceClass(scope);
    if (source === null) {
      element.src = new URL(PLAYLIST, plan.folder).href;
      return;
    }
    this.loader = this.newLoader();
    settle(this.open(opening ?? openSource(element, new source()), this.loader), (reason) => {
      if (!this.closing.signal.aborted) callbacks.failed(reason);
    });
  }

  /** The stream has these segments by now; `isOver` when no more will come. */
  update(segments: readonly Segment[], isOver: boolean): void {
    this.loader?.update(segments, isOver);
  }

  close(): void {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    this.loader?.close();
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

  private async open(opening: OpeningSource, loader: SegmentLoader): Promise<void> {
    const { element, plan, closing } = this;
    const { source, opened } = opening;
    element.disableRemotePlayback = this.way === "managed";
    const signal = closing.signal;
    const wantsMore = (): void => {
      loader.positionChanged();
    };
    const evicted = (): void => {
      loader.dataEvicted();
    };
    await opened;
    // Closed, or the element was given something else to play.
    if (signal.aborted || source.readyState !== "open") return;
    const buffer = bufferOf(opening, plan.mime, { wantsMore, evicted });
    for (const event of ["timeupdate", "seeking"]) element.addEventListener(event, wantsMore, { signal });
    loader.attach(buffer);
  }

  private newLoader(): SegmentLoader {
    const { element, plan, callbacks } = this;
    const hasVideo = plan.mime.startsWith("video/");
    return new SegmentLoader({
      fetchFile: retryingFetch(plan.folder, callbacks.retrying),
      findKeys: (bytes) => (hasVideo ? keyOffsets(bytes, FIRST_TRACK, plan.timescale) : [0]),
      position: () => this.joining_s ?? element.currentTime,
      fail: callbacks.failed,
      jump: (time_s) => {
        element.currentTime = time_s;
      },
    });
  }
}
