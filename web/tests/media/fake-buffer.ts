/** A buffer that behaves as Media Source says: appends and removes one at a time, in whole segments. */
import type { Segment } from "../../src/contract/value.ts";
import type { Span, StreamBuffer } from "../../src/media/types.ts";

/** `bytes` as the scripted server answers them: a name and an index. */
export function bytesOf(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer;
}

export class FakeBuffer implements StreamBuffer {
  readonly log: string[] = [];
  isEnded = false;
  wantsMore = true;
  /** How many segments fit, and when there are keys, which segments begin with one. */
  room = Infinity;
  private spans: Span[] = [];
  private working = false;

  constructor(private readonly segments: readonly Segment[]) {}

  get buffered(): readonly Span[] {
    return this.spans;
  }

  append(bytes: ArrayBuffer): Promise<void> {
    const text = new TextDecoder().decode(bytes);
    return this.work(() => {
      this.isEnded = false;
      if (!text.endsWith(".m4s")) {
        this.log.push(text);
        return;
      }
      const [start_s, duration_s] = this.segments[parseInt(text)] ?? [0, 0];
      if (this.spans.reduce((sum, { from_s, to_s }) => sum + to_s - from_s, 0) >= this.room) {
        throw new DOMException("full", "QuotaExceededError");
      }
      this.log.push(text.replace(".m4s", ""));
      this.spans = joined([...this.spans, { from_s: start_s, to_s: start_s + duration_s }]);
    });
  }

  remove({ from_s, to_s }: Span): Promise<void> {
    return this.work(() => {
      this.log.push(`remove ${from_s}-${to_s}`);
      this.spans = this.spans
        .flatMap((span) => [
          { from_s: span.from_s, to_s: Math.min(span.to_s, from_s) },
          { from_s: Math.max(span.from_s, to_s), to_s: span.to_s },
        ])
        .filter((span) => span.to_s > span.from_s);
    });
  }

  end(): void {
    this.isEnded = true;
    this.log.push("end");
  }

  extendTo(): void {
    // The loader only reports how long the stream is by now.
  }

  private async work(operation: () => void): Promise<void> {
    if (this.working) throw new DOMException("busy", "InvalidStateError");
    this.working = true;
    await Promise.resolve();
    this.working = false;
    operation();
  }
}

function joined(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((one, other) => one.from_s - other.from_s);
  const whole: Span[] = [];
  for (const span of sorted) {
    const last = whole.at(-1);
    if (last === undefined || span.from_s > last.to_s + 0.001) whole.push(span);
    else whole[whole.length - 1] = { from_s: last.from_s, to_s: Math.max(last.to_s, span.to_s) };
  }
  return whole;
}
