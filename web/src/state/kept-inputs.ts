/** Keeps a demo's inputs across reloads: in the address when short, else in the tab's storage. */
import { recall, remember } from "../client/storage.ts";
import type { Input } from "../contract/input.ts";
import { LONGEST_FRAGMENT, readFragment, writeFragment } from "./fragment.ts";
import type { Values } from "./values.ts";

/** Browsers refuse more than about a hundred changes of the address in half a minute. */
const WRITE_AFTER_MS = 350;

export class KeptInputs {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly demo: string) {}

  read(inputs: readonly Input[]): Values {
    const fragment = location.hash.slice(1);
    return readFragment(inputs, fragment === "" ? (recall(this.key) ?? "") : fragment);
  }

  write(inputs: readonly Input[], values: Values): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.writeNow(writeFragment(inputs, values));
    }, WRITE_AFTER_MS);
  }

  private get key(): string {
    return `inputs:${this.demo}`;
  }

  private writeNow(fragment: string): void {
    const isShort = fragment.length <= LONGEST_FRAGMENT;
    remember(this.key, isShort ? null : fragment);
    const shown = isShort && fragment !== "" ? `#${fragment}` : "";
    if (shown === location.hash) return;
    // The whole path, because a bare fragment would be resolved against <base>.
    history.replaceState(null, "", location.pathname + location.search + shown);
  }
}
