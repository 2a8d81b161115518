/**
 * What the address of a demo's page says behind the `#`: its inputs, and the runs that it shows.
 *
 * So a reload, another tab, a browser that was closed and whoever is given the link see the same. Inputs that
 * are too long for a link are kept in the tab's storage.
 */
import { recall, remember } from "../client/storage.ts";
import type { Input } from "../contract/input.ts";
import {
  joinFragment,
  LONGEST_FRAGMENT,
  readFragment,
  readRuns,
  splitFragment,
  writeFragment,
} from "./fragment.ts";
import type { Values } from "./values.ts";

/** Browsers refuse more than about a hundred changes of the address in half a minute. */
const WRITE_AFTER_MS = 350;

export class PageAddress {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Writes inputs that are not written yet. */
  private waiting: (() => void) | null = null;
  /** The action that each run belongs to, as far as that is known. */
  private readonly actions = new Map<string, string>();

  constructor(private readonly demo: string) {}

  readInputs(inputs: readonly Input[]): Values {
    const written = splitFragment(location.hash).inputs;
    return readFragment(inputs, written === "" ? (recall(this.key) ?? "") : written);
  }

  readRuns(): readonly string[] {
    return readRuns(location.hash);
  }

  /** Write the inputs soon. */
  writeInputs(inputs: readonly Input[], values: Values): void {
    clearTimeout(this.timer);
    this.waiting = () => {
      this.waiting = null;
      const written = writeFragment(inputs, values);
      const isShort = written.length <= LONGEST_FRAGMENT;
      remember(this.key, isShort ? null : written);
      show(joinFragment(isShort ? written : "", this.readRuns()));
    };
    this.timer = setTimeout(() => {
      this.settle();
    }, WRITE_AFTER_MS);
  }

  /** Write at once what would be written soon. */
  settle(): void {
    this.waiting?.();
  }

  /**
   * Write at once which run an action shows, or that it shows none. Runs of other actions stay.
   *
   * A run of which nothing is known, such as one that the server has forgotten, stays until the next is written.
   */
  writeRun(action: string, run: string | null): void {
    const others = this.readRuns().filter((id) => {
      const known = this.actions.get(id);
      return known === undefined ? run === null : known !== action;
    });
    if (run !== null) this.actions.set(run, action);
    show(joinFragment(splitFragment(location.hash).inputs, run === null ? others : [...others, run]));
  }

  /** Note which action a run in the address belongs to. */
  noteAction(run: string, action: string): void {
    this.actions.set(run, action);
  }

  private get key(): string {
    return `inputs:${this.demo}`;
  }
}

function show(fragment: string): void {
  const shown = fragment === "" ? "" : `#${fragment}`;
  if (shown === location.hash) return;
  // The whole address, because a bare fragment would be resolved against <base>.
  history.replaceState(history.state, "", location.href.replace(/#.*/s, "") + shown);
}
