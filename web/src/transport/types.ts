/** How events reach the page, whatever carries them. */
import type { CatalogMessage, Message, RunMessage } from "../contract/event.ts";

export type Undo = () => void;

/** Receives one run's events, in order and once; or learns that the server no longer knows the run. */
export interface RunReader {
  readonly event: (message: RunMessage) => void;
  readonly gone: () => void;
}

export type CatalogReader = (message: CatalogMessage) => void;

/** The events that end a run. */
export const TERMINAL: ReadonlySet<string> = new Set(["succeeded", "failed", "canceled"]);

export type Status = "connecting" | "open" | "lost";

/** What a connection subscribes to, each from a number on. */
export interface Subscriptions {
  /** This page's name as a reader, by which the server knows it when it comes back or leaves. */
  readonly reader: string;
  readonly runs: ReadonlyMap<string, number>;
  readonly catalog: number | null;
}

export interface LinkCallbacks {
  readonly opened: () => void;
  /** Something came, if only a sign of life. */
  readonly alive: () => void;
  readonly messages: (batch: readonly Message[]) => void;
  readonly closed: () => void;
}

/** One way to the server. It calls `closed` once and is not used after that. */
export interface Link {
  readonly subscribe: (run: string, after: number) => void;
  readonly unsubscribe: (run: string) => void;
  readonly watchCatalog: (version: number) => void;
  /** The page is `left`, or opens another link in place of this one. */
  readonly close: (why: "left" | "replaced") => void;
}

/** A feed, and what a tab must know of it that reads it for others. */
export interface FeedStream extends Link {
  /** The number after which a run is read; undefined for one that is not read, or is over. */
  readonly position: (run: string) => number | undefined;
  readonly followed: () => readonly string[];
  readonly version: () => number | null;
  /** Read a run no more without leaving it: its tab is gone without a word, and may come back. */
  readonly drop: (run: string) => void;
  readonly restart: () => void;
}

/** Subscriptions are read when the link opens: more may be added while it is still connecting. */
export type OpenLink = (subscriptions: () => Subscriptions, callbacks: LinkCallbacks) => Link;
