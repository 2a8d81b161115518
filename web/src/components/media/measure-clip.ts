/** Decodes a clip of sound for its waveform, if it is small enough. */
import { decodeSound } from "../../media/decoded-sound.ts";
import type { Peaks } from "../../media/peaks.ts";
import type { ClipPlayable } from "../../media/playable.ts";

/** Decoded sound is about ten times as large. */
const LARGEST_BYTES = 8_000_000;
const LONGEST_S = 600;
/** Enough for peaks. */
const RATE_HZ = 8_000;

export async function measureClip(clip: ClipPlayable, peaks: Peaks): Promise<void> {
  peaks.measure([], RATE_HZ);
  if (clip.size > LARGEST_BYTES || (clip.duration_s ?? 0) > LONGEST_S) return;
  try {
    const response = await fetch(clip.address, { priority: "low" });
    const sound = await decodeSound(await response.arrayBuffer(), RATE_HZ);
    const channels = Array.from({ length: sound.numberOfChannels }, (_, index) =>
      sound.getChannelData(index),
    );
    peaks.measure(channels, sound.sampleRate);
  } catch {
    // The clip plays without a waveform too; the player reports what is wrong with it.
  }
}
