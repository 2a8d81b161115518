/** The kinds of output that this page knows. */
import type { Decode } from "../../contract/decode.ts";
import { outputDecoder, type Output } from "../../contract/output.ts";
import { ANNOTATED_IMAGE } from "./annotated_image-output.ts";
import { AUDIO } from "./audio-output.ts";
import { CHART } from "./chart-output.ts";
import { CHAT } from "./chat-output.ts";
import { CODE } from "./code-output.ts";
import { FILE } from "./file-output.ts";
import { GALLERY } from "./gallery-output.ts";
import { HIGHLIGHTED_TEXT } from "./highlighted_text-output.ts";
import { HTML } from "./html-output.ts";
import { IMAGE } from "./image-output.ts";
import { IMAGE_COMPARE } from "./image_compare-output.ts";
import { JSON_VALUE } from "./json-output.ts";
import { LOG } from "./log-output.ts";
import { MARKDOWN } from "./markdown-output.ts";
import { METRIC } from "./metric-output.ts";
import { NUMBER } from "./number-output.ts";
import { PLOT } from "./plot-output.ts";
import { PROGRESS } from "./progress-output.ts";
import { SCORES } from "./scores-output.ts";
import { TABLE } from "./table-output.ts";
import { TEXT } from "./text-output.ts";
import type { OutputKind } from "./types.ts";
import { UNKNOWN_OUTPUT } from "./unknown-output.ts";
import { VIDEO } from "./video-output.ts";

export const OUTPUT_KINDS: readonly OutputKind[] = [
  ANNOTATED_IMAGE,
  AUDIO,
  CHART,
  CHAT,
  CODE,
  FILE,
  GALLERY,
  HIGHLIGHTED_TEXT,
  HTML,
  IMAGE,
  IMAGE_COMPARE,
  JSON_VALUE,
  LOG,
  MARKDOWN,
  METRIC,
  NUMBER,
  PLOT,
  PROGRESS,
  SCORES,
  TABLE,
  TEXT,
  VIDEO,
];

export const decodeOutput: Decode<Output> = outputDecoder(OUTPUT_KINDS, UNKNOWN_OUTPUT);

export function kindOfOutput({ type }: Output): OutputKind {
  return OUTPUT_KINDS.find((kind) => kind.type === type) ?? UNKNOWN_OUTPUT;
}
