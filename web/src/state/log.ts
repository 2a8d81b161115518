/** What the Log tab shows: lines that runs logged, and notes about the connection and the runs. */
import { Store } from "./store.ts";

/** Beyond this the oldest lines are dropped. */
const MOST_LINES = 1_000;

export interface Line {
  readonly level: string;
  readonly text: string;
}

export interface LogLine extends Line {
  /** Counts the lines of a page from 0. */
  readonly id: number;
  readonly at: Date;
}

export class Log {
  readonly lines = new Store<readonly LogLine[]>([]);

  private added = 0;

  add(level: string, ...texts: readonly string[]): void {
    this.addAll(texts.map((text) => ({ level, text })));
  }

  /** Add the lines of one frame together: each change copies those that are kept. */
  addAll(lines: readonly Line[]): void {
    if (lines.length === 0) return;
    const at = new Date();
    const last = lines.slice(-MOST_LINES);
    const first = this.added + lines.length - last.length;
    this.added += lines.length;
    const added = last.map(({ level, text }, index) => ({ id: first + index, at, level, text }));
    this.lines.update((kept) => [...kept, ...added].slice(-MOST_LINES));
  }
}
