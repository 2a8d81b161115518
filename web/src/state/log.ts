/** What the Log tab shows: lines that runs logged, and notes about the connection and the runs. */
import { Store } from "./store.ts";

/** Beyond this the oldest lines are dropped. */
const MOST_LINES = 1_000;

export interface LogLine {
  readonly at: Date;
  readonly level: string;
  readonly text: string;
}

export class Log {
  readonly lines = new Store<readonly LogLine[]>([]);

  add(level: string, ...texts: readonly string[]): void {
    const at = new Date();
    const added = texts.map((text) => ({ at, level, text }));
    this.lines.update((lines) => [...lines, ...added].slice(-MOST_LINES));
  }
}
