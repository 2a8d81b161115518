/** What the parts of `media/` hand to each other. No behaviour. */

/** A stretch of time, in seconds. */
export interface Span {
  readonly from_s: number;
  readonly to_s: number;
}

/** Where a stream's bytes go: one element's Media Source. Its operations are asked for one at a time. */
export interface Port {
  /** Rejects with the browser's own error: one of the name QuotaExceededError says that it is full. */
  append(bytes: ArrayBuffer): Promise<void>;
  remove(span: Span): Promise<void>;
  /** Nothing follows what was appended, until something is appended again. */
  finish(): void;
  /** The stream is this long by now: any moment of it can be sought. */
  stretch(end_s: number): void;
  readonly isFinished: boolean;
  readonly buffered: readonly Span[];
  /** False while a managed source does not want more. */
  readonly wantsMore: boolean;
}

/** Fetches one of a stream's files, again and again until it is there. Rejects with Gone, Lost, or when aborted. */
export type Load = (file: string, options: LoadOptions) => Promise<ArrayBuffer>;

export interface LoadOptions {
  /** It is needed within moments; other requests of the page go before what is not. */
  readonly isUrgent: boolean;
  readonly signal: AbortSignal;
}

/** The server had it and has let it go: a stream that becomes too large loses its oldest segments. */
export class Gone extends Error {
  /** The oldest segment that is still there, as far as is known. */
  readonly first: number;

  constructor(first: number) {
    super(`The server has segments from ${first} on.`);
    this.first = first;
  }
}

/** The server has nothing of this stream, now or later. */
export class Lost extends Error {}
