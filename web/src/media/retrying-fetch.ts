/** Fetches the files of a stream: a failed connection is tried again, a file that is gone is not. */
import { backoffMs } from "../transport/backoff.ts";
import { SegmentGone, StreamGone, type FetchFile, type FetchOptions } from "./types.ts";

const GONE = 410;
/** A proxy or a busy server answers these for a moment. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Fetch files below `folder`, an address with a slash at its end.
 *
 * `retrying` is called with the number of failed attempts at each failure, and with 0 when fetching works again.
 */
export function retryingFetch(folder: string, retrying: (attempts: number) => void): FetchFile {
  let isFailing = false;
  const report = (attempts: number): void => {
    if (attempts > 0 || isFailing) retrying(attempts);
    isFailing = attempts > 0;
  };
  return async (file, options) => {
    for (let attempt = 0; ; attempt += 1) {
      const bytes = await attemptFetch(new URL(file, folder).href, options, attempt > 0);
      if (bytes !== null) {
        report(0);
        return bytes;
      }
      report(attempt + 1);
      await pause(backoffMs(attempt, Math.random), options.signal);
    }
  };
}

/** The bytes, or null when it is worth trying again. */
async function attemptFetch(
  address: string,
  { isUrgent, signal }: FetchOptions,
  isRetry: boolean,
): Promise<ArrayBuffer | null> {
  let response: Response;
  try {
    // What failed before must not be answered from a cache that has kept the failure.
    const cache = isRetry ? "reload" : "default";
    response = await fetch(address, { priority: isUrgent ? "auto" : "low", cache, signal });
    if (response.ok) return await response.arrayBuffer();
  } catch (reason) {
    if (signal.aborted) throw reason;
    // The network failed, before the response or in the middle of it.
    return null;
  }
  if (PASSING.has(response.status)) return null;
  if (response.status === GONE) throw new SegmentGone(await oldestSegment(address, signal));
  throw new StreamGone(`The server answered ${response.status} for ${address}.`);
}

/**
 * The playlist starts with the oldest segment: one request finds its number, however many are gone.
 * 0 when it cannot be read: then the next segment is tried.
 */
async function oldestSegment(address: string, signal: AbortSignal): Promise<number> {
  try {
    const response = await fetch(new URL(PLAYLIST, address).href, { signal });
    return Number(FIRST_SEGMENT.exec(await response.text())?.[1] ?? 0);
  } catch (reason) {
    if (signal.aborted) throw reason;
    return 0;
  }
}

const PLAYLIST = "index.m3u8";
const FIRST_SEGMENT = /^#EXT-X-MEDIA-SEQUENCE:(\d+)/m;

function pause(duration_ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, duration_ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("No longer wanted.", "AbortError"));
    });
  });
}
