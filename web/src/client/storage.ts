/** The tab's session storage, under this mount's own prefix. Full or forbidden storage is not an error. */
import { mount } from "./address.ts";

function keyOf(name: string): string {
  return `gradstream:${mount()}:${name}`;
}

export function recall(name: string): string | null {
  try {
    return sessionStorage.getItem(keyOf(name));
  } catch {
    // Storage is forbidden, for instance in a sandboxed frame: the page then remembers nothing.
    return null;
  }
}

export function remember(name: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(keyOf(name));
    else sessionStorage.setItem(keyOf(name), text);
  } catch {
    // Storage is full or forbidden: what was remembered before stays, and nothing else depends on it.
  }
}
