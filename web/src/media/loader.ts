/** Fetches the files of a stream, patiently: a lost connection is tried again, a lost stream is not. */
import { backoffMs } from "../transport/backoff.ts";
import { Gone, Lost, type Load, type LoadOptions } from "./types.ts";

const GONE = 410;
/** A proxy or a busy server says these for a moment. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** `folder` is an address with a slash at its end; `troubled` hears of each failed attempt, and of 0 when it is over. */
export function loaderOf(folder: string, troubled: (attempts: number) => void): Load {
  let isTroubled = false;
  const tell = (attempts: number): void => {
    if (attempts > 0 || isTroubled) troubled(attempts);
    isTroubled = attempts > 0;
  };
  return async (file, options) => {
    for (let attempt = 0; ; attempt += 1) {
      const bytes = await attemptLoad(new URL(file, folder).href, options, attempt > 0);
      if (bytes !== null) {
        tell(0);
        return bytes;
      }
      tell(attempt + 1);
      await pause(backoffMs(attempt, Math.random), options.signal);
    }
  };
}

/** The bytes, or null when it is worth trying again. */
async function attemptLoad(
  address: string,
  { isUrgent, signal }: LoadOptions,
  isAgain: boolean,
): Promise<ArrayBuffer | null> {
  let response: Response;
  try {
    // What failed before must not be answered from a cache that has kept the failure.
    const cache = isAgain ? "reload" : "default";
    response = await fetch(address, { priority: isUrgent ? "auto" : "low", cache, signal });
    if (response.ok) return await response.arrayBuffer();
  } catch (reason) {
    if (signal.aborted) throw reason;
    // The network failed, at the beginning or in the middle.
    return null;
  }
  if (PASSING.has(response.status)) return null;
  if (response.status === GONE) throw new Gone(await oldest(address, signal));
  throw new Lost(`The server answered ${response.status} for ${address}.`);
}

/** The playlist begins with the oldest segment: its number is there in one request, however many are gone. */
async function oldest(address: string, signal: AbortSignal): Promise<number> {
  const response = await fetch(new URL(PLAYLIST, address).href, { signal });
  return Number(FIRST_SEGMENT.exec(await response.text())?.[1] ?? 0);
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
