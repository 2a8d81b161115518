/** What the page does when it is not let in any longer: it is loaded again, and the server asks who is there. */
import { forget, recall, remember } from "./storage.ts";

/** A page that is refused again so soon would be loaded for ever: something between it and the server is wrong. */
const AGAIN_AFTER_MS = 10_000;

export function askWhoIsThere(): void {
  const last = Number(recall("asked-who") ?? 0);
  if (Date.now() - last < AGAIN_AFTER_MS) return;
  remember("asked-who", String(Date.now()));
  location.reload();
}

/** The next user of this tab finds nothing of what was typed, and is another one to the server. */
export function leaveNothing(): void {
  forget();
}
