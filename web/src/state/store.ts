/** One value that can be read, replaced and watched. */
import type { Undo } from "../transport/types.ts";

export interface Readable<T> {
  readonly value: T;
  subscribe(reader: () => void): Undo;
}

export class Store<T> implements Readable<T> {
  private readonly readers = new Set<() => void>();

  constructor(private current: T) {}

  get value(): T {
    return this.current;
  }

  set(next: T): void {
    if (Object.is(next, this.current)) return;
    this.current = next;
    for (const reader of [...this.readers]) reader();
  }

  update(change: (current: T) => T): void {
    this.set(change(this.current));
  }

  subscribe(reader: () => void): Undo {
    this.readers.add(reader);
    return () => this.readers.delete(reader);
  }
}
