/** The shared part of kinds whose values are played: growing streams and complete clips. */
import { html, nothing, type TemplateResult } from "lit";
import { flag, literal, oneOf } from "../../contract/decode.ts";
import type { Medium } from "../../contract/medium.ts";
import { blob, readValue, stream } from "../../contract/value.ts";
import { endOf } from "../../media/timeline.ts";
import { downloadOf } from "../../state/download.ts";
import { playbackOf, type Codec, type DownloadFormat, type MediaOutput } from "../../state/playback.ts";
import { words } from "../../words.ts";
import { downloadTool, laterDownloadTool } from "./output-tools.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";
import "../../style/media.css";

/** What differs between these kinds. */
export interface MediaLook {
  readonly type: Medium;
  readonly player: (drawing: OutputDrawing<MediaOutput>) => TemplateResult;
  /** Loads the player. */
  readonly load: () => Promise<unknown>;
  readonly describe: (duration: string) => string;
}

export function mediaKind(look: MediaLook): OutputKind<MediaOutput> {
  return {
    type: look.type,
    fields: {
      type: literal(look.type),
      codec: oneOf<Codec>("auto", "flac", "opus", "aac"),
      download: oneOf<DownloadFormat>("wav", "mp3", "flac", "mp4"),
      autoplay: flag,
    },
    draw: (drawing) => draw(drawing, look),
    tools: download,
    describe: (drawing) => describe(drawing, look),
    isLasting: true,
    warm: look.load,
  };
}

function draw(drawing: OutputDrawing<MediaOutput>, look: MediaLook): TemplateResult {
  const { output, value, runner } = drawing;
  const { playable, expectedMime } = playbackOf(runner, output);
  if (playable === null && value !== null)
    return html`<p class="unknown">${words.outputs.notThisKind(output.type)}</p>`;
  if (playable !== null || expectedMime !== null) void look.load();
  return look.player(drawing);
}

/** A stream can be downloaded once it is complete; until then a disabled button keeps the place. */
function download({ output, runner }: OutputDrawing<MediaOutput>): TemplateResult | typeof nothing {
  const { playable, isOver } = playbackOf(runner, output);
  if (playable === null) return nothing;
  const found = downloadOf(output, playable, isOver);
  return found === null ? laterDownloadTool() : downloadTool(found.address, `${output.name}.${found.suffix}`);
}

/** Its length; without a noun beside the figures that its player reports. */
function describe({ value, stats, tracked }: OutputDrawing, look: MediaLook): string {
  const clip = readValue(blob, value)?.duration_s ?? null;
  const found = readValue(stream, value);
  const end_s = found === null ? clip : endOf(found.segments);
  if (end_s === null || end_s === 0) return "";
  const isReported = tracked?.state.status === "running" && stats.value !== null;
  const duration = words.figures.seconds(end_s);
  return isReported ? duration : look.describe(duration);
}
