/** Draws sound and video; what plays them is loaded when the first of them is there, or is expected. */
import { html, type TemplateResult } from "lit";
import type { MediaOutput } from "../../contract/output.ts";
import { playbackOf } from "../../state/playback.ts";
import type { OutputDrawing } from "./draw-output.ts";

export async function loadPlayers(): Promise<void> {
  await Promise.all([import("./audio-output.ts"), import("./video-output.ts")]);
}

export function drawMedia(output: MediaOutput, { value, runner, stats }: OutputDrawing): TemplateResult {
  const { playable, expectedMime } = playbackOf(runner, output);
  if (playable === null && value !== null) return html`<p class="unknown">This is no ${output.type}.</p>`;
  if (playable !== null || expectedMime !== null) void loadPlayers();
  return output.type === "audio"
    ? html`<gs-audio-output .output=${output} .runner=${runner} .stats=${stats}></gs-audio-output>`
    : html`<gs-video-output .output=${output} .runner=${runner} .stats=${stats}></gs-video-output>`;
}
