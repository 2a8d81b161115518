/** The loudness of a stream over time, for a waveform: collected once, drawn at any scale. */
import type { Segment } from "../contract/value.ts";

/** The server measures the loudest sample of each 1/20 s. */
export const PEAKS_PER_S = 20;
const LOUDEST = 100;

export class Peaks {
  private values = new Uint8Array(1024);
  private known = 0;
  private length = 0;

  get duration_s(): number {
    return this.length / PEAKS_PER_S;
  }

  /** Add the new segments of a growing list. */
  update(segments: readonly Segment[]): void {
    if (segments.length < this.known) this.clear();
    for (; this.known < segments.length; this.known += 1) {
      const [start_s, , peaks] = segments[this.known] ?? [0, 0, []];
      this.write(Math.round(start_s * PEAKS_PER_S), peaks);
    }
  }

  /** Peaks of a whole clip, from its samples. */
  measure(channels: readonly Float32Array[], rate_hz: number): void {
    this.clear();
    const step = rate_hz / PEAKS_PER_S;
    const count = Math.ceil((channels[0]?.length ?? 0) / step);
    this.write(
      0,
      Array.from({ length: count }, (_, at) => loudest(channels, at * step, (at + 1) * step)),
    );
  }

  /** The loudest between two moments, 0 to 1; null where nothing is known yet. */
  between(from_s: number, to_s: number): number | null {
    const first = Math.floor(from_s * PEAKS_PER_S);
    const end = Math.min(this.length, Math.max(first + 1, Math.floor(to_s * PEAKS_PER_S)));
    if (first >= end) return null;
    let most = 0;
    for (let at = first; at < end; at += 1) most = Math.max(most, this.values[at] ?? 0);
    return most / LOUDEST;
  }

  private write(at: number, peaks: readonly number[]): void {
    const end = at + peaks.length;
    if (end > this.values.length) {
      const larger = new Uint8Array(Math.max(end, this.values.length * 2));
      larger.set(this.values);
      this.values = larger;
    }
    // A segment need not begin where 1/20 s ends: rounding leaves no hole.
    this.values.fill(peaks[0] ?? 0, Math.min(this.length, at), at);
    this.values.set(peaks, at);
    this.length = Math.max(this.length, end);
  }

  private clear(): void {
    this.values.fill(0);
    this.known = 0;
    this.length = 0;
  }
}

function loudest(channels: readonly Float32Array[], from: number, to: number): number {
  let most = 0;
  for (const samples of channels) {
    for (let at = Math.floor(from); at < to && at < samples.length; at += 1) {
      most = Math.max(most, Math.abs(samples[at] ?? 0));
    }
  }
  return Math.min(LOUDEST, Math.round(most * LOUDEST));
}

/** The seconds that the whole width represents: it doubles, so that bars only merge in pairs. */
export function scaleOf(duration_s: number, isGrowing: boolean): number {
  if (!isGrowing) return Math.max(duration_s, 0.1);
  let scale = SHORTEST_SCALE_S;
  while (scale < duration_s) scale *= 2;
  return scale;
}

const SHORTEST_SCALE_S = 10;
