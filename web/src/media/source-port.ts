/** One Media Source on one element, as a port: each operation is over when the browser says so. */
import type { Port, Span } from "./types.ts";

/** A managed source says when it wants data, and evicts by itself. */
interface ManagedSource extends MediaSource {
  readonly streaming: boolean;
}

export interface PortHears {
  readonly wantsMore: () => void;
  readonly evicted: () => void;
}

/** A Media Source that its element opens, before it is known what will be in it: opening takes time. */
export interface OpeningSource {
  readonly source: MediaSource;
  readonly opened: Promise<void>;
  /** What it has a buffer for by then; empty for none. */
  readonly expected: string;
}

/** `expected` is the type that a stream will most likely have: a buffer takes as long to make as all the rest. */
export function openSource(element: HTMLMediaElement, source: MediaSource, expected = ""): OpeningSource {
  const address = URL.createObjectURL(source);
  const opened = new Promise<void>((resolve) => {
    const open = (): void => {
      URL.revokeObjectURL(address);
      if (expected !== "") source.addSourceBuffer(expected);
      resolve();
    };
    source.addEventListener("sourceopen", open, { once: true });
  });
  element.src = address;
  return { source, opened, expected };
}

/** Take over an open source for a stream of this type. */
export function portOf({ source, expected }: OpeningSource, mime: string, hears: PortHears): Port {
  const made = source.sourceBuffers[0];
  if (made === undefined) return new SourcePort(source, source.addSourceBuffer(mime), hears);
  if (expected !== mime) made.changeType(mime);
  return new SourcePort(source, made, hears);
}

class SourcePort implements Port {
  constructor(
    private readonly source: MediaSource,
    private readonly buffer: SourceBuffer,
    hears: PortHears,
  ) {
    buffer.mode = "segments";
    // An encoder's priming lies before 0, and is not to be heard.
    buffer.appendWindowStart = 0;
    source.addEventListener("startstreaming", hears.wantsMore);
    buffer.addEventListener("bufferedchange", (event) => {
      if ("removedRanges" in event && (event.removedRanges as TimeRanges).length > 0) hears.evicted();
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

  finish(): void {
    if (this.source.readyState === "open") this.source.endOfStream();
  }

  stretch(end_s: number): void {
    if (this.source.readyState !== "open" || Number.isFinite(this.source.duration)) return;
    this.source.setLiveSeekableRange(0, end_s);
  }

  get isFinished(): boolean {
    return this.source.readyState !== "open";
  }

  get wantsMore(): boolean {
    return !("streaming" in this.source) || (this.source as ManagedSource).streaming;
  }

  get buffered(): readonly Span[] {
    // A buffer that was taken from its source throws at every question.
    return this.source.readyState === "closed" ? [] : spansOf(this.buffer.buffered);
  }

  private operate(begin: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const controller = new AbortController();
      const { signal } = controller;
      const over = (): void => {
        controller.abort();
        resolve();
      };
      const failed = (): void => {
        controller.abort();
        reject(new Error("This browser could not decode a part of the stream."));
      };
      this.buffer.addEventListener("error", failed, { signal });
      this.buffer.addEventListener("abort", failed, { signal });
      this.buffer.addEventListener("updateend", over, { signal });
      try {
        begin();
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
