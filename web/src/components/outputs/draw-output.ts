/** Each kind of output to its drawing: the one list of them. */
import { html, type TemplateResult } from "lit";
import { blobPath } from "../../client/address.ts";
import { asText, type Json } from "../../contract/json.ts";
import type { Output } from "../../contract/output.ts";
import type { PlaybackStats } from "../../media/playback-stats.ts";
import type { TrackedRun } from "../../state/tracked-run.ts";
import type { Runner } from "../../state/runner.ts";
import type { Store } from "../../state/store.ts";
import { blob, readValue } from "../../contract/value.ts";
import "../prose.ts";
import { drawChat } from "./chat-output.ts";
import "./code-output.ts";
import "./image-output.ts";
import "./json-output.ts";
import { drawMedia } from "./media-output.ts";
import { drawNumber } from "./number-output.ts";
import { drawScores } from "./scores-output.ts";
import "./scroll-box.ts";
import "./table-output.ts";
import "./text-output.ts";

export interface OutputDrawing {
  readonly output: Output;
  readonly value: Json;
  readonly run: string | null;
  readonly isActive: boolean;
  /** What the page knows of the run that the output belongs to now. */
  readonly tracked: TrackedRun | undefined;
  readonly runner: Runner;
  /** Where a player reports how far it is. */
  readonly stats: Store<PlaybackStats | null>;
}

export function drawOutput(drawing: OutputDrawing): TemplateResult {
  const { output, value, isActive } = drawing;
  switch (output.type) {
    case "text":
      return scrolling(output, html`<gs-text-output .text=${textOf(value)}></gs-text-output>`);
    case "markdown":
      return scrolling(output, html`<gs-prose .text=${textOf(value)} .streaming=${isActive}></gs-prose>`);
    case "code":
      return scrolling(
        output,
        html`<gs-code-output
          .text=${textOf(value)}
          .language=${output.language ?? ""}
          .streaming=${isActive}
        ></gs-code-output>`,
      );
    case "json":
      return html`<gs-json-output .value=${value}></gs-json-output>`;
    case "number":
      return drawNumber(output, value);
    case "scores":
      return drawScores(output, value);
    case "image":
      return html`<gs-image-output .url=${imageUrl(drawing)} .name=${output.label}></gs-image-output>`;
    case "table":
      return html`<gs-table-output .value=${value} .name=${output.label}></gs-table-output>`;
    case "chat":
      return scrolling(output, drawChat(drawing));
    case "audio":
    case "video":
      return drawMedia(output, drawing);
    case "unknown":
      return html`<p class="unknown">
        This page does not know outputs of type “${output.kind}” yet. Reload the page to get the newest.
      </p>`;
  }
}

/** The address of the picture that is shown; empty for none. */
export function imageUrl({ value, run }: OutputDrawing): string {
  const picture = readValue(blob, value);
  return picture === null || run === null ? "" : blobPath(run, picture.blob);
}

/** Nothing is an empty text here, and not the word null. */
function textOf(value: Json): string {
  return value === null ? "" : asText(value);
}

function scrolling(output: Output, content: TemplateResult): TemplateResult {
  return html`<gs-scroll-box
    class="scroll-${output.type}"
    .name=${output.label}
    .content=${content}
  ></gs-scroll-box>`;
}
