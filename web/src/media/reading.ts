/** What a player says of itself while a stream comes in. */
export interface Reading {
  /** From what is played now to the newest that is known. */
  readonly behind_s: number;
  /** How much would be played if nothing more came. */
  readonly ready_s: number;
}
