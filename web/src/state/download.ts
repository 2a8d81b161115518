/** Where audio or video can be downloaded, and in which format. */
import { absolute, streamPath } from "../client/address.ts";
import type { Playable } from "../media/playable.ts";
import type { MediaOutput } from "./playback.ts";

export interface Download {
  readonly address: string;
  readonly suffix: string;
}

/** Null while the stream still grows. */
export function downloadOf(output: MediaOutput, playable: Playable, isOver: boolean): Download | null {
  if (playable.kind === "clip") return { address: playable.address, suffix: suffixOf(playable.mime) };
  if (!isOver) return null;
  const suffix = output.download;
  return { address: absolute(`${streamPath(playable.run, output.name)}download.${suffix}`), suffix };
}

const SUFFIXES: Readonly<Record<string, string>> = {
  "audio/mpeg": "mp3",
  "audio/wav": "wav",
  "audio/x-wav": "wav",
  "audio/mp4": "m4a",
  "video/quicktime": "mov",
};

function suffixOf(mime: string): string {
  const plain = mime.split(";")[0]?.trim() ?? "";
  return SUFFIXES[plain] ?? plain.split("/")[1] ?? "bin";
}
