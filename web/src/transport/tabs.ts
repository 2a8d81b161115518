/**
 * What the tabs of a browser say to each other when one of them reads the feed for all.
 *
 *     tab    --wants, leaves--> leader
 *     leader --asks-----------> tabs      a new leader, which knows of nobody yet
 *     leader --here, open, alive, batch, closed--> tabs
 */
import type { Message } from "../contract/event.ts";
import type { Undo } from "./types.ts";

/** What one tab follows, each from a number on. */
export interface Wants {
  readonly runs: ReadonlyMap<string, number>;
  readonly catalog: number | null;
}

/** `isNew`: the tab has opened this link just now, because it knows of no other or does not trust it any more. */
export type TabMessage =
  | { readonly kind: "wants"; readonly tab: string; readonly wants: Wants; readonly isNew: boolean }
  | { readonly kind: "leaves"; readonly tab: string };

/** `reader` is the name by which the server knows all tabs, whichever of them leads. */
export type LeaderMessage =
  | { readonly kind: "asks" }
  | { readonly kind: "here"; readonly reader: string }
  | { readonly kind: "open"; readonly reader: string }
  | { readonly kind: "alive" }
  | { readonly kind: "batch"; readonly messages: readonly Message[] }
  | { readonly kind: "closed" };

export interface TabChannel {
  readonly post: (message: TabMessage | LeaderMessage) => void;
  readonly close: Undo;
}

/** As much of the Web Locks API as is needed here. */
export interface Locks {
  /** Call `hold` once the lock is free, or taken from its holder, and keep it until that resolves. */
  readonly request: (
    name: string,
    options: { readonly signal?: AbortSignal; readonly steal?: boolean },
    hold: () => Promise<void>,
  ) => Promise<unknown>;
}

/** The ways in which tabs meet; tabs of one `name` share a feed. */
export interface Tabs {
  readonly name: string;
  readonly open: (receive: (message: TabMessage | LeaderMessage) => void) => TabChannel;
  readonly locks: Locks;
}

/** The tabs of this browser; null where it has no locks, as on a page that came over plain HTTP. */
export function browserTabs(name: string): Tabs | null {
  if (!("locks" in navigator) || !("BroadcastChannel" in globalThis)) return null;
  return {
    name,
    open: (receive) => {
      const channel = new BroadcastChannel(name);
      channel.onmessage = ({ data }: MessageEvent<TabMessage | LeaderMessage>) => {
        receive(data);
      };
      return {
        post: (message) => {
          channel.postMessage(message);
        },
        close: () => {
          channel.close();
        },
      };
    },
    locks: {
      request: (lock, options, hold) => navigator.locks.request(lock, options, hold),
    },
  };
}
