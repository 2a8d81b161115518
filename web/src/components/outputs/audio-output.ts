/** Sound. */
import { html } from "lit";
import { words } from "../../words.ts";
import { mediaKind } from "./media-output.ts";

export const KIND = mediaKind({
  type: "audio",
  player: ({ output, runner, stats }) =>
    html`<gs-audio-output .output=${output} .runner=${runner} .stats=${stats}></gs-audio-output>`,
  load: () => import("../media/audio-player.ts"),
  describe: (duration) => words.size.audio(duration),
});
