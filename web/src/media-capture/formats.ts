/** In which format this browser records, and which files an input takes. */

export type Medium = "audio" | "video";

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

/** Other names of types, which authors write and systems give, and the names that the server goes by. */
const SAME_TYPES: Readonly<Record<string, string>> = {
  "audio/m4a": "audio/mp4",
  "audio/mp3": "audio/mpeg",
  "audio/vnd.wave": "audio/wav",
  "audio/wave": "audio/wav",
  "audio/x-aiff": "audio/aiff",
  "audio/x-flac": "audio/flac",
  "audio/x-m4a": "audio/mp4",
  "audio/x-wav": "audio/wav",
  "video/x-m4v": "video/mp4",
  "video/x-msvideo": "video/avi",
};

/** The format to record in, null when there is none that the input takes. */
export function recordingFormat(
  medium: Medium,
  accept: string | null,
  isSupported: (format: string) => boolean,
): string | null {
  const fitting = FORMATS[medium].filter((format) =>
    admits(accept, medium, { name: recordingName(format), type: bareType(format) }),
  );
  return fitting.find(isSupported) ?? null;
}

export function recordingName(format: string): string {
  return `recording${SUFFIXES[bareType(format)] ?? ""}`;
}

/** Whether the server will take a file: by its suffix or its type. One without a type is left to the server. */
export function admits(
  accept: string | null,
  medium: Medium,
  { name, type }: { readonly name: string; readonly type: string },
): boolean {
  const patterns = (accept ?? `${medium}/*`).split(",").map((pattern) => pattern.trim().toLowerCase());
  // Sound may lie in a video's file: the sound is what is taken.
  const types = medium === "audio" ? [type, type.replace("video/", "audio/")] : [type];
  return patterns.some((pattern) => {
    if (pattern.startsWith(".")) return name.toLowerCase().endsWith(pattern);
    if (type === "") return true;
    return types.some((one) =>
      pattern.endsWith("/*") ? one.startsWith(pattern.slice(0, -1)) : known(one) === known(pattern),
    );
  });
}

function known(type: string): string {
  return SAME_TYPES[type] ?? type;
}

/** A type without its codecs, which servers and files do not need. */
export function bareType(format: string): string {
  return format.split(";")[0]?.trim().toLowerCase() ?? "";
}
