/** The fetches of the segments that are wanted at this moment; all others are aborted. */
import { settle } from "./failure.ts";
import type { FetchFile } from "./types.ts";

interface Fetch {
  readonly controller: AbortController;
  bytes: ArrayBuffer | null;
}

export interface SegmentFetchesParts {
  readonly fetchFile: FetchFile;
  /** Whether a segment is played within moments. */
  readonly isUrgent: (index: number) => boolean;
  readonly arrived: () => void;
  readonly failed: (index: number, reason: unknown) => void;
  /** Something else went wrong; the reason is for the visitor. */
  readonly broke: (reason: string) => void;
}

export class SegmentFetches {
  private readonly fetches = new Map<number, Fetch>();

  constructor(private readonly parts: SegmentFetchesParts) {}

  /** Fetch these segments, and drop everything else. */
  want(indices: readonly number[]): void {
    for (const [index, { controller }] of this.fetches) {
      if (indices.includes(index)) continue;
      controller.abort();
      this.fetches.delete(index);
    }
    for (const index of indices) if (!this.fetches.has(index)) settle(this.fetch(index), this.parts.broke);
  }

  /** Null while the segment has not arrived. */
  bytesOf(index: number): ArrayBuffer | null {
    return this.fetches.get(index)?.bytes ?? null;
  }

  /** The segment was appended: its bytes are no longer needed here. */
  release(index: number): void {
    this.fetches.delete(index);
  }

  private async fetch(index: number): Promise<void> {
    const fetching: Fetch = { controller: new AbortController(), bytes: null };
    this.fetches.set(index, fetching);
    const { signal } = fetching.controller;
    try {
      const isUrgent = this.parts.isUrgent(index);
      fetching.bytes = await this.parts.fetchFile(`${index}.m4s`, { isUrgent, signal });
    } catch (reason) {
      if (signal.aborted) return;
      this.fetches.delete(index);
      this.parts.failed(index, reason);
    }
    if (!signal.aborted) this.parts.arrived();
  }
}
