/** In which format this browser records. */
import { admits } from "../contract/accept.ts";
import type { Medium } from "../contract/medium.ts";

/** The first that a browser has: WebM in Chromium and Firefox, MP4 in Safari. */
const FORMATS: Readonly<Record<Medium, readonly string[]>> = {
  audio: ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus", "audio/webm"],
  video: ["video/webm;codecs=vp8,opus", "video/mp4", "video/webm"],
};

const SUFFIXES: Readonly<Record<string, string>> = {
  "audio/webm": ".webm",
  "audio/mp4": ".m4a",
  "audio/ogg": ".ogg",
  "video/webm": ".webm",
  "video/mp4": ".mp4",
};

/** The format to record in, null when there is none that the input takes. */
export function recordingFormat(
  medium: Medium,
  accept: string | null,
  isSupported: (format: string) => boolean,
): string | null {
  const fitting = FORMATS[medium].filter((format) =>
    admits(accept ?? `${medium}/*`, recordingName(format), [bareType(format)]),
  );
  return fitting.find(isSupported) ?? null;
}

/** The same for this browser. */
export function formatHere(medium: Medium, accept: string | null): string | null {
  if (typeof MediaRecorder === "undefined") return null;
  return recordingFormat(medium, accept, (format) => MediaRecorder.isTypeSupported(format));
}

export function recordingName(format: string): string {
  return `recording${SUFFIXES[bareType(format)] ?? ""}`;
}

/** A type without its codecs, which servers and files do not need. */
export function bareType(format: string): string {
  return format.split(";")[0]?.trim().toLowerCase() ?? "";
}
