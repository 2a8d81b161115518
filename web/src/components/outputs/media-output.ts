/** Draws sound and video; what plays them is loaded when the first of them is there, or is expected. */
import { html, type TemplateResult } from "lit";
import { absolute, streamPath } from "../../client/address.ts";
import type { AudioOutput, VideoOutput } from "../../contract/output.ts";
import { expectedMime } from "../../media/codecs.ts";
import { playableOf, type Playable } from "../../media/playable.ts";
import { isActive } from "../../state/following.ts";
import type { OutputDrawing } from "./draw-output.ts";

export async function loadPlayers(): Promise<void> {
  await Promise.all([import("./audio-output.ts"), import("./video-output.ts")]);
}

export function drawMedia(output: AudioOutput | VideoOutput, drawing: OutputDrawing): TemplateResult {
  const { value, run, following, reading } = drawing;
  const playable = playableOf(value, run, output.name);
  if (playable === null && value !== null) return html`<p class="unknown">This is no ${output.type}.</p>`;
  const isExpected = drawing.isActive && output.streaming && output.updates === "append";
  if (playable !== null || isExpected) void loadPlayers();
  const isMine = following?.run === run;
  const isOver = isOverFor(drawing);
  const isLate = isMine && following.isResumed;
  const isWanted = output.autoplay || (isMine && !following.isResumed && !following.isQuiet);
  const name = output.label === "" ? output.name : output.label;
  const mime = expectedMime(output.type, output.codec, window);
  const download = (playable === null ? null : takenAway(drawing, playable))?.address ?? "";
  return output.type === "audio"
    ? html`<gs-audio-output
        .playable=${playable}
        .isExpected=${isExpected}
        .expectedMime=${mime}
        .isOver=${isOver}
        .isLate=${isLate}
        .isWanted=${isWanted}
        .name=${name}
        .download=${download}
        .reading=${reading}
      ></gs-audio-output>`
    : html`<gs-video-output
        .playable=${playable}
        .isExpected=${isExpected}
        .expectedMime=${mime}
        .isOver=${isOver}
        .isLate=${isLate}
        .isWanted=${isWanted}
        .name=${name}
        .download=${download}
        .reading=${reading}
      ></gs-video-output>`;
}

export interface TakenAway {
  readonly address: string;
  readonly suffix: string;
}

/** Where a sound or a video can be downloaded; null while its stream still grows. */
export function takenAway(drawing: OutputDrawing, playable: Playable): TakenAway | null {
  const { output, run } = drawing;
  if (playable.kind === "clip") return { address: playable.address, suffix: suffixOf(playable.mime) };
  if (run === null || !isOverFor(drawing) || !("download" in output)) return null;
  const suffix = output.download;
  return { address: absolute(`${streamPath(run, output.name)}download.${suffix}`), suffix };
}

/** A run that another has followed tells this page nothing more. */
function isOverFor({ run, following }: OutputDrawing): boolean {
  return following?.run !== run || !isActive(following);
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
