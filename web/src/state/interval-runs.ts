/** Runs actions at a fixed interval. A turn is skipped while the last run is active, and in a hidden tab. */
import type { Action } from "../contract/demo.ts";
import { Store } from "./store.ts";

export class IntervalRuns {
  readonly paused = new Store(false);
  private timers: ReturnType<typeof setInterval>[] = [];

  constructor(
    private readonly start: (action: Action) => void,
    private readonly isActive: (action: string) => boolean,
  ) {}

  schedule(actions: readonly Action[]): void {
    this.clear();
    for (const action of actions) {
      if (action.every_ms === null) continue;
      const elapsed = (): void => {
        this.runUnlessBusy(action);
      };
      this.timers.push(setInterval(elapsed, action.every_ms));
    }
  }

  clear(): void {
    for (const timer of this.timers) clearInterval(timer);
    this.timers = [];
  }

  private runUnlessBusy(action: Action): void {
    if (this.paused.value || document.hidden || this.isActive(action.name)) return;
    this.start(action);
  }
}
