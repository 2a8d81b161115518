/**
 * Loads a stream's segments into a buffer: in order, a few fetches ahead, one operation at a time.
 *
 *     segments, position ─> first missing segment ─> fetch (2 at most) ─> append ─> evict ─> … ─> end
 *
 * Decoding can only continue from the segment appended last, or start at a key frame. After a seek the loader
 * therefore steps back, segment by segment, to one that has a key frame in time, and continues from there.
 */
import type { Segment } from "../contract/value.ts";
import { playerWords } from "./player-words.ts";
import {
  AHEAD_S,
  afterGap,
  DRY_S,
  evictable,
  fetchable,
  firstMissing,
  KEEP_S,
  type BufferView,
} from "./buffer-policy.ts";
import { explain, settle } from "./failure.ts";
import { SegmentFetches } from "./segment-fetches.ts";
import { endOf, segmentAt } from "./timeline.ts";
import { SegmentGone, StreamGone, type FetchFile, type StreamBuffer } from "./types.ts";

/** Two are enough to keep the line busy, and leave a browser's other connections of six to the page. */
const FETCHES = 2;
/** What is played within this time is fetched before other things. */
const URGENT_S = 3;
/** When the buffer is full, at least this much of what was played stays. */
const LEAST_KEPT_S = 3;
const INIT_SEGMENT = "init.mp4";

/** The moments in a segment, in seconds from its first, where decoding can start. */
export type FindKeys = (segment: ArrayBuffer) => readonly number[];

export interface SegmentLoaderParts {
  readonly fetchFile: FetchFile;
  readonly findKeys: FindKeys;
  readonly position: () => number;
  /** Play from here: the server dropped what was in between. */
  readonly jump: (time_s: number) => void;
  /** Loading has failed for good; the reason is for the visitor. */
  readonly fail: (reason: string) => void;
}

/** Stepping back for a key frame, or forward from one, so that `target` can be decoded; `at` is next. */
interface KeySearch {
  readonly target: number;
  readonly at: number;
}

export class SegmentLoader {
  private segments: readonly Segment[] = [];
  private isOver = false;
  private init: ArrayBuffer | null = null;
  private isInitialised = false;
  /** The segments in the buffer, with the moments in each where decoding can start. */
  private readonly appended = new Map<number, readonly number[]>();
  private readonly fetches: SegmentFetches;
  private readonly closing = new AbortController();
  /** The segment after the one appended last. */
  private next = 0;
  private search: KeySearch | null = null;
  private ahead_s = AHEAD_S;
  private keep_s = KEEP_S;
  /** The server has dropped what is before this. */
  private firstKept = 0;
  /** The server has nothing more of this stream, though it announced it. */
  private isGone = false;
  private buffer: StreamBuffer | null = null;
  private isBusy = false;
  private isFull = false;

  constructor(private readonly parts: SegmentLoaderParts) {
    this.fetches = new SegmentFetches({
      fetchFile: parts.fetchFile,
      isUrgent: (index) => (this.segments[index]?.[0] ?? 0) < parts.position() + URGENT_S,
      arrived: () => {
        this.proceed();
      },
      failed: (index, reason) => {
        this.noteFailure(index, reason);
      },
      broke: this.giveUp,
    });
    settle(this.fetchInit(), this.giveUp);
  }

  /** The stream has these segments by now; `isOver` when no more will come. */
  update(segments: readonly Segment[], isOver: boolean): void {
    this.segments = segments;
    this.isOver = isOver;
    if (!this.closing.signal.aborted) this.proceed();
  }

  /** Start appending. Fetching starts before there is a buffer. */
  attach(buffer: StreamBuffer): void {
    this.buffer = buffer;
    this.proceed();
  }

  /** The position changed, or a managed source wants more again. */
  positionChanged(): void {
    this.isFull = false;
    if (!this.closing.signal.aborted) this.proceed();
  }

  /** The browser has removed data by itself, as a managed source may. */
  dataEvicted(): void {
    if (this.buffer !== null) this.forgetUnbuffered(this.buffer);
    this.positionChanged();
  }

  close(): void {
    this.closing.abort();
    this.fetches.want([]);
  }

  private proceed(): void {
    try {
      this.proceedFrom();
    } catch (reason) {
      this.giveUp(explain(reason));
    }
  }

  private proceedFrom(): void {
    const cursor = this.cursor();
    this.fetches.want(cursor === null || this.buffer?.wantsMore === false ? [] : this.wantedFrom(cursor));
    if (this.buffer === null) return;
    if (!this.isBusy) this.operateNext(this.buffer, cursor);
    this.passGap(this.buffer);
  }

  private view(): BufferView {
    const has = (index: number): boolean => this.appended.has(index) || index < this.firstKept;
    return { segments: this.segments, position_s: this.wantedPosition(), ahead_s: this.ahead_s, has };
  }

  /** Where playback will continue: behind what was dropped, when that is next. */
  private wantedPosition(): number {
    const position_s = this.parts.position();
    const here = segmentAt(this.segments, position_s + DRY_S);
    if (here >= this.firstKept || this.appended.has(here)) return position_s;
    return Math.max(position_s, this.segments[this.firstKept]?.[0] ?? 0);
  }

  /** The segment to append next, or to look for key frames in; null for none. */
  private cursor(): number | null {
    const first = firstMissing(this.view());
    if (first === null || first === this.next) this.search = null;
    else if (this.search?.target !== first) this.search = { target: first, at: first };
    return this.search?.at ?? first;
  }

  private wantedFrom(cursor: number): readonly number[] {
    // While a key frame is looked for, what follows is of no use yet.
    const isSteppingBack = this.search !== null && cursor !== this.next && cursor < this.search.target;
    const wanted = fetchable(this.view(), {
      from: cursor,
      most: isSteppingBack ? 1 : FETCHES,
      through: this.search?.target ?? cursor,
    });
    return this.isGone ? wanted.filter((index) => this.fetches.bytesOf(index) !== null) : wanted;
  }

  private noteFailure(index: number, reason: unknown): void {
    if (reason instanceof SegmentGone) {
      this.firstKept = Math.max(this.firstKept, index + 1, reason.first);
      this.search = null;
    } else if (reason instanceof StreamGone) {
      this.isGone = true;
      this.parts.fail(playerWords().restGone);
    } else this.giveUp(explain(reason));
  }

  private async fetchInit(): Promise<void> {
    const { signal } = this.closing;
    try {
      this.init = await this.parts.fetchFile(INIT_SEGMENT, { isUrgent: true, signal });
    } catch {
      if (!signal.aborted) this.parts.fail(playerWords().streamGone);
      return;
    }
    if (!signal.aborted) this.proceed();
  }

  /** Start the one operation that is next, if any. */
  private operateNext(buffer: StreamBuffer, cursor: number | null): void {
    if (this.segments.length > 0 && !buffer.isEnded) buffer.extendTo(endOf(this.segments));
    if (!this.isInitialised) {
      if (this.init !== null) this.appendInit(buffer, this.init);
      return;
    }
    if (this.evict(buffer)) return;
    const bytes = cursor === null ? null : this.fetches.bytesOf(cursor);
    if (cursor !== null && bytes !== null && !this.isFull) this.appendOrStepBack(buffer, cursor, bytes);
    else if (this.isComplete(buffer)) buffer.end();
  }

  private appendInit(buffer: StreamBuffer, init: ArrayBuffer): void {
    this.operate(async () => {
      await buffer.append(init);
      this.isInitialised = true;
    });
  }

  private isComplete(buffer: StreamBuffer): boolean {
    const last = this.segments.length - 1;
    const isLast = this.isOver && (last < 0 || this.view().has(last));
    return (isLast || this.isGone) && !buffer.isEnded;
  }

  /** Append a segment, or step back by one when decoding cannot start in it. */
  private appendOrStepBack(buffer: StreamBuffer, index: number, bytes: ArrayBuffer): void {
    const start_s = this.segments[index]?.[0] ?? 0;
    const keys = this.parts.findKeys(bytes).map((offset_s) => start_s + offset_s);
    const target = this.search?.target ?? index;
    const needed_s = Math.max(this.parts.position(), this.segments[target]?.[0] ?? 0);
    const isDecodable = index === this.next || keys.some((key_s) => key_s <= needed_s);
    if (!isDecodable && index > this.firstKept) {
      this.search = { target, at: index - 1 };
      this.proceed();
      return;
    }
    this.operate(() => this.append(buffer, index, bytes, keys));
  }

  private async append(
    buffer: StreamBuffer,
    index: number,
    bytes: ArrayBuffer,
    keys: readonly number[],
  ): Promise<void> {
    try {
      await buffer.append(bytes);
    } catch (reason) {
      if (!(reason instanceof Error && reason.name === "QuotaExceededError")) throw reason;
      this.makeRoom(buffer);
      return;
    }
    this.fetches.release(index);
    this.appended.set(index, keys);
    this.next = index + 1;
    const target = this.search?.target ?? index;
    this.search = this.next <= target ? { target, at: this.next } : null;
  }

  /** The buffer is smaller than expected: keep less, and wait until more was played when even that is too much. */
  private makeRoom(buffer: StreamBuffer): void {
    const position_s = this.parts.position();
    const end_s = buffer.buffered.at(-1)?.to_s ?? position_s;
    this.ahead_s = Math.max(LEAST_KEPT_S, Math.min(this.ahead_s, end_s - position_s));
    this.isFull = this.keep_s <= LEAST_KEPT_S;
    this.keep_s = Math.max(LEAST_KEPT_S, this.keep_s / 2);
  }

  private evict(buffer: StreamBuffer): boolean {
    const span = evictable({
      position_s: this.parts.position(),
      buffered: buffer.buffered,
      keep_s: this.keep_s,
      ahead_s: this.ahead_s,
      keyBefore: this.keyBefore,
    });
    if (span === null) return false;
    this.operate(async () => {
      await buffer.remove(span);
      this.forgetUnbuffered(buffer);
    });
    return true;
  }

  private readonly keyBefore = (time_s: number): number | null => {
    const known = [...this.appended].filter(([index]) => (this.segments[index]?.[0] ?? Infinity) <= time_s);
    const keys = known.flatMap(([, moments]) => moments).filter((key_s) => key_s <= time_s);
    return keys.length === 0 ? null : Math.max(...keys);
  };

  /** What the buffer no longer has is missing again. */
  private forgetUnbuffered({ buffered }: StreamBuffer): void {
    for (const index of [...this.appended.keys()]) {
      const [start_s, duration_s] = this.segments[index] ?? [0, 0];
      const middle_s = start_s + duration_s / 2;
      if (!buffered.some(({ from_s, to_s }) => from_s <= middle_s && middle_s < to_s))
        this.appended.delete(index);
    }
  }

  /** Continue behind what the server dropped, or what the browser has placed later than it was announced. */
  private passGap(buffer: StreamBuffer): void {
    const position_s = this.parts.position();
    const here = segmentAt(this.segments, position_s + DRY_S);
    // What follows a dropped segment may start with frames that cannot be decoded without it.
    if (here >= this.firstKept && !this.appended.has(here)) return;
    const next_s = afterGap(buffer.buffered, position_s);
    if (next_s !== null) this.parts.jump(next_s);
  }

  private readonly giveUp = (reason: string): void => {
    if (this.closing.signal.aborted) return;
    this.close();
    this.parts.fail(reason);
  };

  private operate(operation: () => Promise<void>): void {
    settle(this.perform(operation), this.giveUp);
  }

  private async perform(operation: () => Promise<void>): Promise<void> {
    this.isBusy = true;
    try {
      await operation();
    } finally {
      this.isBusy = false;
    }
    if (!this.closing.signal.aborted) this.proceed();
  }
}
