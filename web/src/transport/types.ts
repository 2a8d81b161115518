/** How events reach the page, whatever carries them. */
import type { CatalogMessage, Message, RunMessage } from "../contract/event.ts";

export type Undo = () => void;

/** What a reader of one run hears: its events in order and once, or that nobody knows the run any more. */
export interface RunReader {
  readonly event: (message: RunMessage) => void;
  readonly gone: () => void;
}

export type CatalogReader = (message: CatalogMessage) => void;

export type Status = "connecting" | "open" | "lost";

/** What a connection wants to hear of, each from a number on. */
export interface Wants {
  readonly runs: ReadonlyMap<string, number>;
  readonly catalog: number | null;
}

export interface LinkHears {
  readonly opened: () => void;
  readonly messages: (batch: readonly Message[]) => void;
  readonly closed: () => void;
}

/** One open way to the server. It tells `closed` once and is never used again after. */
export interface Link {
  readonly subscribe: (run: string, after: number) => void;
  readonly unsubscribe: (run: string) => void;
  readonly watchCatalog: (version: number) => void;
  readonly close: Undo;
}

/** Wants are read when the link opens: more may be subscribed while it is still connecting. */
export type OpenLink = (wants: () => Wants, hears: LinkHears) => Link;
