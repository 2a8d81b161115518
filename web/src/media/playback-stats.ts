/** What a player reports while a stream comes in. */
export interface PlaybackStats {
  /** From what is played now to the newest that is known. */
  readonly behind_s: number;
  /** How much would be played if nothing more came. */
  readonly ready_s: number;
}
