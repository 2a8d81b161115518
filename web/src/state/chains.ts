/**
 * Actions that follow others: which ones, and how the page goes on where it was left in the middle of a chain.
 *
 * The page starts them, because it has the values of the inputs. The server starts each only once after a run.
 */
import type { Action } from "../contract/demo.ts";
import { isActive, type TrackedRun } from "./tracked-run.ts";

/** The actions that follow a run that has ended; none after one that another has taken the place of. */
export function followers(actions: readonly Action[], tracked: TrackedRun): readonly Action[] {
  const then = actions.find(({ name }) => name === tracked.action)?.then;
  const { status, ending } = tracked.state;
  if (then === undefined || ending === null || isActive(tracked) || ending.by === "superseded") return [];
  const own = status === "succeeded" ? then.succeeded : status === "failed" ? then.failed : [];
  return [...own, ...then.ended].flatMap((name) => actions.find((action) => action.name === name) ?? []);
}
