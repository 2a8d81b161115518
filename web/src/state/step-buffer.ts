/**
 * Holds a run's events until their step is whole: what one yield changes is applied and drawn together.
 *
 * The server ends no write within a step, but what arrives at once is up to the network.
 */
import type { Numbered } from "./fold.ts";

export class StepBuffer {
  private waiting: Numbered[] = [];

  add(message: Numbered): void {
    this.waiting.push(message);
  }

  /** The events of all whole steps, once; those of a step that goes on stay. */
  take(): readonly Numbered[] {
    const last = this.waiting.findLastIndex(({ event }) => !("more" in event && event.more));
    return this.waiting.splice(0, last + 1);
  }
}
