/**
 * Runs actions on what a visitor does to components: one request at a time for each action, the newest event last.
 *
 * What runs do to components is no event, so no action starts itself by what it shows.
 */
import type { Action } from "../contract/demo.ts";
import { member, sameJson } from "../contract/json.ts";
import type { Input } from "../contract/input.ts";
import type { PageEvent } from "../contract/page-event.ts";
import { isMissing, type Values } from "./values.ts";

export class EventRuns {
  private readonly sending = new Set<string>();
  private readonly waiting = new Map<string, PageEvent>();

  /** `start` runs the action with the inputs of that moment; it resolves when the server has responded. */
  constructor(private readonly start: (action: Action, event: PageEvent) => Promise<void>) {}

  happened(actions: readonly Action[], event: PageEvent): void {
    for (const action of actions)
      if (runsOn(action, event.type, event.component)) void this.fire(action, event);
  }

  clear(): void {
    this.waiting.clear();
  }

  private async fire(action: Action, event: PageEvent): Promise<void> {
    if (this.sending.has(action.name)) {
      this.waiting.set(action.name, event);
      return;
    }
    this.sending.add(action.name);
    await this.start(action, event);
    this.sending.delete(action.name);
    const next = this.waiting.get(action.name);
    this.waiting.delete(action.name);
    if (next !== undefined) await this.fire(action, next);
  }
}

/** Whether an action runs when this is done to the component. */
export function runsOn(action: Action, type: string, component: string): boolean {
  return member(action.runs_on, type)?.includes(component) === true;
}

/** What a visitor has done who changed the values of inputs: changed, emptied, selected. */
export function eventsOf(inputs: readonly Input[], before: Values, after: Values): readonly PageEvent[] {
  return inputs.flatMap((input): PageEvent[] => {
    const [old = null, now = null] = [member(before, input.name), member(after, input.name)];
    if (sameJson(old, now)) return [];
    const selection = input.selected(old, now);
    const component = input.name;
    return [
      { component, type: "change", value: now },
      ...(isMissing(now) && !isMissing(old) ? [{ component, type: "clear" }] : []),
      ...(selection === null ? [] : [{ component, type: "select", ...selection }]),
    ];
  });
}
