/**
 * Why something cannot be played, in words for the visitor: no browser's own text is ever shown.
 *
 *     promise ─settle─> explain ─> words on the player          error of an element ─explainElement─> words
 */
import { playerWords } from "./player-words.ts";

/** Playback has failed; the message is for the visitor. */
export class Unplayable extends Error {}

/** Every promise of a player ends here, so that none of them is rejected without a word. */
export function settle(work: Promise<unknown>, fail: (reason: string) => void): void {
  work.catch((reason: unknown) => {
    fail(explain(reason));
  });
}

export function explain(reason: unknown): string {
  if (reason instanceof Unplayable) return reason.message;
  console.debug("gradstream: a player failed", reason);
  return playerWords().failed;
}

/** What Firefox says where there is no device to play sound on: its sound library, or the sink, cannot begin. */
const NO_DEVICE = /cubeb|AudioError/i;

export function explainElement({ message }: MediaError): string {
  return NO_DEVICE.test(message) ? playerWords().noDevice : playerWords().unplayable;
}
