/** Which files an input's `accept` names: suffixes with their dot and media types. The server checks the same way. */

/** Other names of media types, which authors write and systems report, with the names the server uses. */
const SAME_TYPES: Readonly<Record<string, string>> = {
  "audio/m4a": "audio/mp4",
  "audio/mp3": "audio/mpeg",
  "audio/vnd.wave": "audio/wav",
  "audio/wave": "audio/wav",
  "audio/x-aiff": "audio/aiff",
  "audio/x-flac": "audio/flac",
  "audio/x-m4a": "audio/mp4",
  "audio/x-wav": "audio/wav",
  "image/jpg": "image/jpeg",
  "video/x-m4v": "video/mp4",
  "video/x-msvideo": "video/avi",
};

/** Whether a file of this name matches. `types` are the media types it may count as; "" when it has none. */
export function admits(accept: string, name: string, types: readonly string[]): boolean {
  const patterns = accept.split(",").map((pattern) => pattern.trim().toLowerCase());
  return patterns.some((pattern) => {
    if (pattern.startsWith(".")) return name.toLowerCase().endsWith(pattern);
    return types.some((type) => matchesType(type.toLowerCase(), pattern));
  });
}

function matchesType(type: string, pattern: string): boolean {
  // The server looks into a file whose type the browser does not know.
  if (type === "") return true;
  return pattern.endsWith("/*") ? type.startsWith(pattern.slice(0, -1)) : known(type) === known(pattern);
}

function known(type: string): string {
  return SAME_TYPES[type] ?? type;
}
