/** Runs a live action after changes of its inputs: after a pause, with the newest values, one request at a time. */
import type { Action } from "../contract/demo.ts";
import { member, sameJson } from "../contract/json.ts";
import type { Values } from "./values.ts";

export class LiveRuns {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly sending = new Set<string>();
  private readonly again = new Set<string>();

  /** `start` runs the action with the inputs of that moment; it resolves when the server has responded. */
  constructor(private readonly start: (action: Action) => Promise<void>) {}

  changed(actions: readonly Action[], before: Values, after: Values): void {
    for (const action of actions) {
      const watched = action.live?.inputs ?? [];
      if (watched.some((name) => !sameJson(member(before, name), member(after, name)))) this.schedule(action);
    }
  }

  schedule(action: Action): void {
    clearTimeout(this.timers.get(action.name));
    const fire = (): void => {
      void this.fire(action);
    };
    this.timers.set(action.name, setTimeout(fire, action.live?.after_ms ?? 0));
  }

  clear(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.again.clear();
  }

  private async fire(action: Action): Promise<void> {
    if (this.sending.has(action.name)) {
      this.again.add(action.name);
      return;
    }
    this.sending.add(action.name);
    await this.start(action);
    this.sending.delete(action.name);
    if (this.again.delete(action.name)) await this.fire(action);
  }
}
