/** Why a device cannot be used, in plain words, and what to do. */
import type { Medium } from "./formats.ts";

const DEVICES: Readonly<Record<Medium, string>> = { audio: "microphone", video: "camera" };

export function explainRefusal(medium: Medium, reason: unknown): string {
  const device = DEVICES[medium];
  switch (reason instanceof DOMException ? reason.name : "") {
    case "NotAllowedError":
      return `This page may not use the ${device}. Allow it in the browser, beside the address, and try again.`;
    case "SecurityError":
      return `The ${device} can be used over https only. Choose a file instead.`;
    case "NotFoundError":
    case "OverconstrainedError":
      return `There is no ${device} here. Connect one, or choose a file.`;
    case "NotReadableError":
    case "AbortError":
      return `The ${device} cannot be used now: another program may have it.`;
    default:
      return `The ${device} cannot be used. ${reason instanceof Error ? reason.message : ""}`.trim();
  }
}
