/** The buffer of one element's Media Source: each operation resolves when the browser has finished it. */
import { playerWords } from "./player-words.ts";
import { Unplayable } from "./failure.ts";
import type { Span, StreamBuffer } from "./types.ts";

/** A managed source reports when it wants data, and evicts by itself. */
interface ManagedSource extends MediaSource {
  readonly streaming: boolean;
}

export interface BufferCallbacks {
  readonly wantsMore: () => void;
  readonly evicted: () => void;
}

/** A Media Source that its element is opening, before its type is certain: opening takes time. */
export interface OpeningSource {
  readonly source: MediaSource;
  readonly opened: Promise<void>;
  /** The type that it has a buffer for when it is open; empty for none. */
  readonly expected: string;
}

/** `expected` is the most likely type of the stream: making a buffer takes as long as everything else together. */
export function openSource(element: HTMLMediaElement, source: MediaSource, expected = ""): OpeningSource {
  const address = URL.createObjectURL(source);
  const opened = new Promise<void>((resolve) => {
    const open = (): void => {
      URL.revokeObjectURL(address);
      try {
        if (expected !== "") source.addSourceBuffer(expected);
      } catch (reason) {
        // It was a guess: the buffer is made when the type is certain.
        console.debug("gradstream: no buffer was made ahead", reason);
      }
      resolve();
    };
    source.addEventListener("sourceopen", open, { once: true });
  });
  element.src = address;
  return { source, opened, expected };
}

/** The buffer of an open source, for a stream of this type. */
export function bufferOf(
  { source, expected }: OpeningSource,
  mime: string,
  callbacks: BufferCallbacks,
): StreamBuffer {
  const made = source.sourceBuffers[0];
  const buffer =
    made !== undefined && hasType(source, made, expected, mime) ? made : source.addSourceBuffer(mime);
  return new MediaSourceBuffer(source, buffer, callbacks);
}

/** Give a buffer that was made ahead its real type; remove it where the browser cannot, as WebKitGTK. */
function hasType(source: MediaSource, made: SourceBuffer, expected: string, mime: string): boolean {
  if (expected === mime) return true;
  if ("changeType" in made) {
    made.changeType(mime);
    return true;
  }
  source.removeSourceBuffer(made);
  return false;
}

class MediaSourceBuffer implements StreamBuffer {
  constructor(
    private readonly source: MediaSource,
    private readonly buffer: SourceBuffer,
    { wantsMore, evicted }: BufferCallbacks,
  ) {
    buffer.mode = "segments";
    // An encoder's priming lies before 0 and must not be heard.
    buffer.appendWindowStart = 0;
    source.addEventListener("startstreaming", wantsMore);
    buffer.addEventListener("bufferedchange", (event) => {
      if ("removedRanges" in event && (event.removedRanges as TimeRanges).length > 0) evicted();
    });
  }

  append(bytes: ArrayBuffer): Promise<void> {
    return this.operate(() => {
      this.buffer.appendBuffer(bytes);
    });
  }

  remove({ from_s, to_s }: Span): Promise<void> {
    return this.operate(() => {
      this.buffer.remove(from_s, to_s);
    });
  }

  end(): void {
    if (this.source.readyState === "open") this.source.endOfStream();
  }

  extendTo(end_s: number): void {
    const { source } = this;
    if (source.readyState !== "open" || Number.isFinite(source.duration)) return;
    // Without it, what is in the buffer can be sought, and a seek beyond waits until more is there.
    if ("setLiveSeekableRange" in source) source.setLiveSeekableRange(0, end_s);
  }

  get isEnded(): boolean {
    return this.source.readyState !== "open";
  }

  get wantsMore(): boolean {
    return !("streaming" in this.source) || (this.source as ManagedSource).streaming;
  }

  get buffered(): readonly Span[] {
    // A buffer whose source is closed throws at every access.
    return this.source.readyState === "closed" ? [] : spansOf(this.buffer.buffered);
  }

  private operate(start: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const controller = new AbortController();
      const { signal } = controller;
      const succeed = (): void => {
        controller.abort();
        resolve();
      };
      const fail = (): void => {
        controller.abort();
        reject(new Unplayable(playerWords().undecodable));
      };
      this.buffer.addEventListener("error", fail, { signal });
      this.buffer.addEventListener("abort", fail, { signal });
      this.buffer.addEventListener("updateend", succeed, { signal });
      try {
        start();
      } catch (reason) {
        controller.abort();
        reject(reason instanceof Error ? reason : new Error(String(reason)));
      }
    });
  }
}

export function spansOf(ranges: TimeRanges): readonly Span[] {
  return Array.from({ length: ranges.length }, (_, index) => ({
    from_s: ranges.start(index),
    to_s: ranges.end(index),
  }));
}
