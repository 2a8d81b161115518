/**
 * Feeds a stream's segments to a buffer: in order, a few fetches ahead, one operation at a time.
 *
 *     segments, position ─> what is missing first ─> fetch (2 at most) ─> append ─> evict ─> … ─> finish
 *
 * Decoding can only go on from the segment appended last, or begin at a key frame. After a seek the feeder
 * therefore reaches back, segment by segment, to one that has a key frame in time, and goes on from there.
 */
import type { Segment } from "../contract/value.ts";
import { AHEAD_S, afterGap, DRY_S, evictable, firstMissing, KEEP_S, run, type View } from "./feeding.ts";
import { endOf, segmentAt } from "./timeline.ts";
import { Gone, Lost, type Load, type Port } from "./types.ts";

/** Two are enough to keep the line busy, and leave a browser's other connections of six to the page. */
const FETCHES = 2;
/** What is played within this time is fetched before other things. */
const URGENT_S = 3;
/** When the buffer is full, so much of what was played stays at least. */
const LEAST_KEPT_S = 3;
const HEAD = "init.mp4";

export interface FeederHears {
  /** Play from here: the server dropped what was in between. */
  readonly jump: (time_s: number) => void;
  /** It cannot go on: why, for the visitor. */
  readonly broken: (reason: string) => void;
}

/** The moments in a fragment, in seconds from its first, where decoding can begin. */
export type FindKeys = (fragment: ArrayBuffer) => readonly number[];

export interface FeederParts {
  readonly load: Load;
  readonly findKeys: FindKeys;
  readonly position: () => number;
  readonly hears: FeederHears;
}

interface Fetch {
  readonly controller: AbortController;
  bytes: ArrayBuffer | null;
}

/** Going back for a key frame, or on from one, so that `target` can be decoded; `at` is next. */
interface Reach {
  readonly target: number;
  readonly at: number;
}

export class Feeder {
  private segments: readonly Segment[] = [];
  private isOver = false;
  private head: ArrayBuffer | null = null;
  private hasHead = false;
  /** What was appended and not evicted, with the moments in it where decoding can begin. */
  private readonly held = new Map<number, readonly number[]>();
  private readonly fetches = new Map<number, Fetch>();
  private readonly closing = new AbortController();
  /** The segment after the one appended last. */
  private next = 0;
  private reach: Reach | null = null;
  private ahead_s = AHEAD_S;
  private keep_s = KEEP_S;
  /** The server has dropped what is before this. */
  private first = 0;
  /** The server has nothing more of this stream, though it told of it. */
  private isLost = false;
  private port: Port | null = null;
  private isBusy = false;
  private isFull = false;

  constructor(private readonly parts: FeederParts) {
    void this.loadHead();
  }

  /** The stream has these segments by now; `isOver` when no more will come. */
  take(segments: readonly Segment[], isOver: boolean): void {
    this.segments = segments;
    this.isOver = isOver;
    if (!this.closing.signal.aborted) this.pump();
  }

  /** Fetching begins before there is a port; from now on there is somewhere to append. */
  open(port: Port): void {
    this.port = port;
    this.pump();
  }

  /** The position changed, or the source wants more again. */
  moved(): void {
    this.isFull = false;
    if (!this.closing.signal.aborted) this.pump();
  }

  /** The browser evicted by itself, as a managed source may. */
  evicted(): void {
    if (this.port !== null) this.forgetUnbuffered(this.port);
    this.moved();
  }

  close(): void {
    this.closing.abort();
    this.keep([]);
  }

  private pump(): void {
    const cursor = this.cursor();
    const wanted = cursor === null || this.port?.wantsMore === false ? [] : this.wantedFrom(cursor);
    this.keep(wanted);
    for (const index of wanted) if (!this.fetches.has(index)) void this.fetch(index);
    if (this.port === null) return;
    if (!this.isBusy) this.act(this.port, cursor);
    if (this.first > 0) this.passGap(this.port);
  }

  private view(): View {
    const has = (index: number): boolean => this.held.has(index) || index < this.first;
    return { segments: this.segments, position_s: this.wantedPosition(), ahead_s: this.ahead_s, has };
  }

  /** Where playing will go on: behind what was dropped, when that is next. */
  private wantedPosition(): number {
    const position_s = this.parts.position();
    const here = segmentAt(this.segments, position_s + DRY_S);
    if (here >= this.first || this.held.has(here)) return position_s;
    return Math.max(position_s, this.segments[this.first]?.[0] ?? 0);
  }

  /** The segment to append next, or whose key frames are to be looked for; null for none. */
  private cursor(): number | null {
    const first = firstMissing(this.view());
    if (first === null || first === this.next) this.reach = null;
    else if (this.reach?.target !== first) this.reach = { target: first, at: first };
    return this.reach?.at ?? first;
  }

  private wantedFrom(cursor: number): readonly number[] {
    // While a key frame is looked for, what follows is of no use yet.
    const most = this.reach !== null && cursor !== this.next && cursor < this.reach.target ? 1 : FETCHES;
    const wanted = run(this.view(), cursor, most, this.reach?.target ?? cursor);
    return this.isLost ? wanted.filter((index) => this.fetches.get(index)?.bytes) : wanted;
  }

  /** Drop and abort the fetches of everything else. */
  private keep(wanted: readonly number[]): void {
    for (const [index, { controller }] of this.fetches) {
      if (wanted.includes(index)) continue;
      controller.abort();
      this.fetches.delete(index);
    }
  }

  private async fetch(index: number): Promise<void> {
    const fetching: Fetch = { controller: new AbortController(), bytes: null };
    this.fetches.set(index, fetching);
    const isUrgent = (this.segments[index]?.[0] ?? 0) < this.parts.position() + URGENT_S;
    const { signal } = fetching.controller;
    try {
      fetching.bytes = await this.parts.load(`${index}.m4s`, { isUrgent, signal });
    } catch (reason) {
      if (signal.aborted) return;
      this.miss(index, reason);
    }
    if (!signal.aborted) this.pump();
  }

  private miss(index: number, reason: unknown): void {
    this.fetches.delete(index);
    if (reason instanceof Gone) {
      this.first = Math.max(this.first, index + 1, reason.first);
      this.reach = null;
    } else if (reason instanceof Lost) {
      this.isLost = true;
      this.parts.hears.broken("The server does not have the rest of this stream any more.");
    } else throw reason;
  }

  private async loadHead(): Promise<void> {
    const { signal } = this.closing;
    try {
      this.head = await this.parts.load(HEAD, { isUrgent: true, signal });
    } catch {
      if (!signal.aborted) this.parts.hears.broken("The server does not have this stream any more.");
      return;
    }
    if (!signal.aborted) this.pump();
  }

  /** Do the one thing that is next, if any. */
  private act(port: Port, cursor: number | null): void {
    if (this.segments.length > 0 && !port.isFinished) port.stretch(endOf(this.segments));
    if (!this.hasHead) {
      if (this.head !== null) this.begin(port, this.head);
      return;
    }
    if (this.evict(port)) return;
    const bytes = cursor === null ? null : (this.fetches.get(cursor)?.bytes ?? null);
    if (cursor !== null && bytes !== null && !this.isFull) this.place(port, cursor, bytes);
    else if (this.isAllIn(port)) port.finish();
  }

  private begin(port: Port, head: ArrayBuffer): void {
    void this.operate(async () => {
      await port.append(head);
      this.hasHead = true;
    });
  }

  private isAllIn(port: Port): boolean {
    const last = this.segments.length - 1;
    const isLast = this.isOver && (last < 0 || this.view().has(last));
    return (isLast || this.isLost) && !port.isFinished;
  }

  /** Append a segment, or go one back when there is nothing in it to begin with. */
  private place(port: Port, index: number, bytes: ArrayBuffer): void {
    const start_s = this.segments[index]?.[0] ?? 0;
    const keys = this.parts.findKeys(bytes).map((offset_s) => start_s + offset_s);
    const target = this.reach?.target ?? index;
    const needed_s = Math.max(this.parts.position(), this.segments[target]?.[0] ?? 0);
    const isDecodable = index === this.next || keys.some((key_s) => key_s <= needed_s);
    if (!isDecodable && index > this.first) {
      this.reach = { target, at: index - 1 };
      this.pump();
      return;
    }
    void this.operate(() => this.append(port, index, bytes, keys));
  }

  private async append(
    port: Port,
    index: number,
    bytes: ArrayBuffer,
    keys: readonly number[],
  ): Promise<void> {
    try {
      await port.append(bytes);
    } catch (reason) {
      if (!(reason instanceof Error && reason.name === "QuotaExceededError")) throw reason;
      this.makeRoom(port);
      return;
    }
    this.fetches.delete(index);
    this.held.set(index, keys);
    this.next = index + 1;
    const target = this.reach?.target ?? index;
    this.reach = this.next <= target ? { target, at: this.next } : null;
  }

  /** The buffer is full before its time: keep less, and wait until more was played when even that is too much. */
  private makeRoom(port: Port): void {
    const position_s = this.parts.position();
    const end_s = port.buffered.at(-1)?.to_s ?? position_s;
    this.ahead_s = Math.max(LEAST_KEPT_S, Math.min(this.ahead_s, end_s - position_s));
    this.isFull = this.keep_s <= LEAST_KEPT_S;
    this.keep_s = Math.max(LEAST_KEPT_S, this.keep_s / 2);
  }

  private evict(port: Port): boolean {
    const span = evictable({
      position_s: this.parts.position(),
      buffered: port.buffered,
      keep_s: this.keep_s,
      ahead_s: this.ahead_s,
      keyBefore: this.keyBefore,
    });
    if (span === null) return false;
    void this.operate(async () => {
      await port.remove(span);
      this.forgetUnbuffered(port);
    });
    return true;
  }

  private readonly keyBefore = (time_s: number): number | null => {
    const known = [...this.held].filter(([index]) => (this.segments[index]?.[0] ?? Infinity) <= time_s);
    const keys = known.flatMap(([, moments]) => moments).filter((key_s) => key_s <= time_s);
    return keys.length === 0 ? null : Math.max(...keys);
  };

  /** What the buffer has let go of is missing again. */
  private forgetUnbuffered({ buffered }: Port): void {
    for (const index of [...this.held.keys()]) {
      const [start_s, duration_s] = this.segments[index] ?? [0, 0];
      const middle_s = start_s + duration_s / 2;
      if (!buffered.some(({ from_s, to_s }) => from_s <= middle_s && middle_s < to_s))
        this.held.delete(index);
    }
  }

  /** Play on behind what the server dropped, once that is there. */
  private passGap(port: Port): void {
    const position_s = this.parts.position();
    const here = segmentAt(this.segments, position_s + DRY_S);
    // What follows a dropped segment may begin with pictures that cannot be decoded without it.
    if (here >= this.first && !this.held.has(here)) return;
    const next_s = afterGap(port.buffered, position_s);
    if (next_s !== null) this.parts.hears.jump(next_s);
  }

  private async operate(operation: () => Promise<void>): Promise<void> {
    this.isBusy = true;
    try {
      await operation();
    } catch (reason) {
      if (this.closing.signal.aborted) return;
      this.closing.abort();
      this.keep([]);
      this.parts.hears.broken(reason instanceof Error ? reason.message : String(reason));
      return;
    } finally {
      this.isBusy = false;
    }
    if (!this.closing.signal.aborted) this.pump();
  }
}
