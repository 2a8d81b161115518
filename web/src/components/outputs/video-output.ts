/** Video, with its sound. */
import { html } from "lit";
import { words } from "../../words.ts";
import { mediaKind } from "./media-output.ts";

export const KIND = mediaKind({
  type: "video",
  player: ({ output, runner, stats }) =>
    html`<gs-video-output .output=${output} .runner=${runner} .stats=${stats}></gs-video-output>`,
  load: () => import("../media/video-player.ts"),
  describe: (duration) => words.size.video(duration),
});
