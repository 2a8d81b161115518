/** When a page comes back from sleep, from another tab or to the network, and when it is left. */
import type { Undo } from "./types.ts";

/** What a page that wakes or is left does with its connection. */
export interface Line {
  /** The page is here again: the open connection may be dead without a sign of it. */
  readonly wake: () => void;
  /** The network is back, and what was open over the old one is of no use. */
  readonly renew: () => void;
  /** The page is frozen from now on, until it wakes. */
  readonly rest: () => void;
  /** The page is left; it may be shown again. */
  readonly leave: () => void;
  readonly comeBack: () => void;
}

const TICK_MS = 5_000;
/** A tick that is this late: the computer slept. Timers of a hidden page are late all the time. */
const LATE_MS = 10_000;

export function watchWaking(line: Line): Undo {
  let tickedAt = Date.now();
  const tick = setInterval(() => {
    const isLate = Date.now() - tickedAt > TICK_MS + LATE_MS;
    tickedAt = Date.now();
    if (isLate && !document.hidden) line.wake();
  }, TICK_MS);
  const shown = (): void => {
    if (!document.hidden) line.wake();
  };
  const pageshow = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) line.comeBack();
  };
  document.addEventListener("visibilitychange", shown);
  // A page that was frozen in the background, and one that comes out of the back-forward cache.
  document.addEventListener("freeze", line.rest);
  document.addEventListener("resume", line.wake);
  addEventListener("pageshow", pageshow);
  addEventListener("pagehide", line.leave);
  addEventListener("online", line.renew);
  return () => {
    clearInterval(tick);
    document.removeEventListener("visibilitychange", shown);
    document.removeEventListener("freeze", line.rest);
    document.removeEventListener("resume", line.wake);
    removeEventListener("pageshow", pageshow);
    removeEventListener("pagehide", line.leave);
    removeEventListener("online", line.renew);
  };
}

/** Call once when the page is shown: at once, or when a page of the background or of a prerender is. */
export function whenShown(call: () => void): void {
  const shown = (): void => {
    if (document.hidden) return;
    document.removeEventListener("visibilitychange", shown);
    call();
  };
  document.addEventListener("visibilitychange", shown);
  shown();
}
