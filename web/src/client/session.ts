/** Unguessable ids: the tab's session, by which the server knows uploads, state and turns, and names of readers. */
import { recall, remember } from "./storage.ts";

const RANDOM_BYTES = 16;

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function sessionId(): string {
  const known = recall("session");
  if (known !== null) return known;
  const fresh = newId();
  remember("session", fresh);
  return fresh;
}
