/** Explains to the visitor why a device cannot be used, and what to do. */
import { captureWords } from "./capture-words.ts";
import type { Medium } from "../contract/medium.ts";

export function explainRefusal(device: Medium | "screen", reason: unknown): string {
  switch (reason instanceof DOMException ? reason.name : "") {
    case "NotAllowedError":
      // Whoever leaves the browser's list of windows without choosing one is no refusal to be mended.
      return device === "screen" ? captureWords().nothingShared : captureWords().notAllowed(device);
    case "SecurityError":
      return captureWords().notSecure(device);
    case "NotFoundError":
    case "OverconstrainedError":
      return device === "screen" ? captureWords().noScreens : captureWords().notFound(device);
    case "NotReadableError":
    case "AbortError":
      return captureWords().notReadable(device);
    default:
      return captureWords().failed(device, reason instanceof Error ? reason.message : "");
  }
}
