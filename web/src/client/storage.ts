/** What the tab, and what the browser remembers, under this mount's own prefix. Full or forbidden storage is not an error. */
import { mount } from "./address.ts";

function keyOf(name: string): string {
  return `gradstream:${mount()}:${name}`;
}

export function recall(name: string): string | null {
  return read(() => sessionStorage, name);
}

export function remember(name: string, text: string | null): void {
  write(() => sessionStorage, name, text);
}

/** What a visitor chose for all pages of this mount, in any tab. */
export function recallChoice(name: string): string | null {
  return read(() => localStorage, name);
}

export function rememberChoice(name: string, text: string | null): void {
  write(() => localStorage, name, text);
}

/** Remove all that the tab remembers of this mount. */
export function forget(): void {
  try {
    const names = Object.keys(sessionStorage).filter((name) => name.startsWith(keyOf("")));
    for (const name of names) sessionStorage.removeItem(name);
  } catch {
    // Storage is forbidden: nothing was remembered.
  }
}

function read(storage: () => Storage, name: string): string | null {
  try {
    return storage().getItem(keyOf(name));
  } catch {
    // Storage is forbidden, for instance in a sandboxed frame: the page then remembers nothing.
    return null;
  }
}

function write(storage: () => Storage, name: string, text: string | null): void {
  try {
    if (text === null) storage().removeItem(keyOf(name));
    else storage().setItem(keyOf(name), text);
  } catch {
    // Storage is full or forbidden: what was remembered before stays, and nothing else depends on it.
  }
}
