/** The tab's unguessable session id: it owns uploads, state and a fair place in the queue. */
import { recall, remember } from "./storage.ts";

const RANDOM_BYTES = 16;

function newId(): string {
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
