/** Explains to the visitor why a device cannot be used, and what to do. */
import { words } from "../words.ts";
import type { Medium } from "../contract/medium.ts";

export function explainRefusal(medium: Medium, reason: unknown): string {
  switch (reason instanceof DOMException ? reason.name : "") {
    case "NotAllowedError":
      return words.capture.notAllowed(medium);
    case "SecurityError":
      return words.capture.notSecure(medium);
    case "NotFoundError":
    case "OverconstrainedError":
      return words.capture.notFound(medium);
    case "NotReadableError":
    case "AbortError":
      return words.capture.notReadable(medium);
    default:
      return words.capture.failed(medium, reason instanceof Error ? reason.message : "");
  }
}
