/** What the parts of `media/` pass to each other. No behaviour. */

/** A stretch of time, in seconds. */
export interface Span {
  readonly from_s: number;
  readonly to_s: number;
}

/** The buffer that a stream is appended to: one element's Media Source. One operation at a time. */
export interface StreamBuffer {
  /** Rejects with the browser's own error; its name is QuotaExceededError when the buffer is full. */
  append(bytes: ArrayBuffer): Promise<void>;
  remove(span: Span): Promise<void>;
  /** Mark the stream as complete, until something is appended again. */
  end(): void;
  /** Make every moment up to `end_s` seekable. */
  extendTo(end_s: number): void;
  readonly isEnded: boolean;
  readonly buffered: readonly Span[];
  /** False while a managed source does not want more. */
  readonly wantsMore: boolean;
}

/** Fetches one of a stream's files, with retries. Rejects with SegmentGone, StreamGone, or when aborted. */
export type FetchFile = (file: string, options: FetchOptions) => Promise<ArrayBuffer>;

export interface FetchOptions {
  /** It is needed within moments; requests that are not urgent give way to the page's others. */
  readonly isUrgent: boolean;
  readonly signal: AbortSignal;
}

/** The server has dropped the segment: a stream that becomes too large loses its oldest segments. */
export class SegmentGone extends Error {
  /** The oldest segment that is still there, as far as is known. */
  readonly first: number;

  constructor(first: number) {
    super(`The server has segments from ${first} on.`);
    this.first = first;
  }
}

/** The server has nothing of this stream, now or later. */
export class StreamGone extends Error {}
