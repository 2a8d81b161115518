/** Runs actions by the clock. A tick is skipped while the last one runs and while nobody looks. */
import type { Action } from "../contract/demo.ts";
import { Store } from "./store.ts";

export class Ticks {
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
      const tick = (): void => {
        this.tick(action);
      };
      this.timers.push(setInterval(tick, action.every_ms));
    }
  }

  clear(): void {
    for (const timer of this.timers) clearInterval(timer);
    this.timers = [];
  }

  private tick(action: Action): void {
    if (this.paused.value || document.hidden || this.isActive(action.name)) return;
    this.start(action);
  }
}
