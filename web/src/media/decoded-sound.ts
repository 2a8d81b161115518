/** Decodes sound by itself, without playing it. */

/** Decoded at this rate an hour takes 115 MB for a moment. */
const RATE_HZ = 8_000;

/** Rejects with the browser's error for a file that it cannot decode. */
export function decodeSound(bytes: ArrayBuffer, rate_hz: number): Promise<AudioBuffer> {
  return new OfflineAudioContext(1, 1, rate_hz).decodeAudioData(bytes);
}

/** The length of a file of sound whose header has none, in seconds. */
export async function decodedLength(file: Blob): Promise<number> {
  const { duration } = await decodeSound(await file.arrayBuffer(), RATE_HZ);
  return duration;
}
