/** The kinds of output that this page knows. */
import type { Decode } from "../../contract/decode.ts";
import { outputDecoder, type Output } from "../../contract/output.ts";
import { KindList } from "../kind-list.ts";
import { IMAGE } from "./image-output.ts";
import { MARKDOWN } from "./markdown-output.ts";
import { NUMBER } from "./number-output.ts";
import { TEXT } from "./text-output.ts";
import type { OutputKind } from "./types.ts";
import { UNKNOWN_OUTPUT } from "./unknown-output.ts";

/** What most demos show. */
const AT_ONCE: readonly OutputKind[] = [IMAGE, MARKDOWN, NUMBER, TEXT];

const LATER: Readonly<Record<string, () => Promise<OutputKind>>> = {
  annotated_image: async () => (await import("./annotated_image-output.ts")).ANNOTATED_IMAGE,
  audio: async () => (await import("./audio-output.ts")).AUDIO,
  chart: async () => (await import("./chart-output.ts")).CHART,
  chat: async () => (await import("./chat-output.ts")).CHAT,
  code: async () => (await import("./code-output.ts")).CODE,
  file: async () => (await import("./file-output.ts")).FILE,
  gallery: async () => (await import("./gallery-output.ts")).GALLERY,
  highlighted_text: async () => (await import("./highlighted_text-output.ts")).HIGHLIGHTED_TEXT,
  html: async () => (await import("./html-output.ts")).HTML,
  image_compare: async () => (await import("./image_compare-output.ts")).IMAGE_COMPARE,
  json: async () => (await import("./json-output.ts")).JSON_VALUE,
  log: async () => (await import("./log-output.ts")).LOG,
  metric: async () => (await import("./metric-output.ts")).METRIC,
  model3d: async () => (await import("./model3d-output.ts")).MODEL3D,
  plot: async () => (await import("./plot-output.ts")).PLOT,
  progress: async () => (await import("./progress-output.ts")).PROGRESS,
  scores: async () => (await import("./scores-output.ts")).SCORES,
  table: async () => (await import("./table-output.ts")).TABLE,
  video: async () => (await import("./video-output.ts")).VIDEO,
};

export const OUTPUT_KINDS = new KindList(AT_ONCE, LATER, UNKNOWN_OUTPUT);

export const decodeOutput: Decode<Output> = outputDecoder(OUTPUT_KINDS.of);

export function kindOfOutput({ type }: Output): OutputKind {
  return OUTPUT_KINDS.of(type);
}
