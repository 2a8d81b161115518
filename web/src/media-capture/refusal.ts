/** Explains to the visitor why a device cannot be used, and what to do. */
import { words } from "../words.ts";
import type { Medium } from "../contract/medium.ts";

export function explainRefusal(device: Medium | "screen", reason: unknown): string {
  switch (reason instanceof DOMException ? reason.name : "") {
    case "NotAllowedError":
      // Whoever leaves the browser's list of windows without choosing one is no refusal to be mended.
      return device === "screen" ? words.pictures.nothingShared : words.capture.notAllowed(device);
    case "SecurityError":
      return words.capture.notSecure(device);
    case "NotFoundError":
    case "OverconstrainedError":
      return device === "screen" ? words.pictures.noScreens : words.capture.notFound(device);
    case "NotReadableError":
    case "AbortError":
      return words.capture.notReadable(device);
    default:
      return words.capture.failed(device, reason instanceof Error ? reason.message : "");
  }
}
