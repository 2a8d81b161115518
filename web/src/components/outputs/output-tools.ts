/** What can be taken away from an output: copied, or downloaded. */
import { html, nothing, type TemplateResult } from "lit";
import { asText } from "../../contract/json.ts";
import { blob, readValue } from "../../contract/value.ts";
import "../copy-button.ts";
import { icon } from "../icon.ts";
import type { MediaOutput } from "../../contract/output.ts";
import { downloadOf } from "../../state/download.ts";
import { playbackOf } from "../../state/playback.ts";
import { imageUrl, type OutputDrawing } from "./draw-output.ts";
import { toCsv } from "./table-output.ts";

export function drawTools(drawing: OutputDrawing): TemplateResult | typeof nothing {
  const { output, value } = drawing;
  if (value === null) return nothing;
  switch (output.type) {
    case "text":
    case "markdown":
    case "code":
      return copy("the text", () => asText(value));
    case "json":
    case "scores":
      return copy("as JSON", () => JSON.stringify(value, null, 2));
    case "number":
      return copy("the number", () => asText(value));
    case "table":
      return copy("as CSV", () => toCsv(value));
    case "image":
      return downloadLink(drawing);
    case "audio":
    case "video":
      return mediaLink(output, drawing);
    case "chat":
    case "unknown":
      return nothing;
  }
}

function copy(what: string, text: () => string): TemplateResult {
  return html`<gs-copy-button .what=${what} .text=${text}></gs-copy-button>`;
}

function downloadLink(drawing: OutputDrawing): TemplateResult | typeof nothing {
  const url = imageUrl(drawing);
  const mime = readValue(blob, drawing.value)?.mime ?? "";
  const suffix = mime.split("/")[1]?.replace("jpeg", "jpg") ?? "img";
  return url === "" ? nothing : link(url, `${drawing.output.name}.${suffix}`);
}

/** A stream's file is made of all of it: the sign stands there from the beginning, and works at the end. */
function mediaLink(output: MediaOutput, { runner }: OutputDrawing): TemplateResult | typeof nothing {
  const { playable, isOver } = playbackOf(runner, output);
  if (playable === null) return nothing;
  const found = downloadOf(output, playable, isOver);
  if (found !== null) return link(found.address, `${output.name}.${found.suffix}`);
  const words = "Download, once the run is over";
  return html`<a class="tool" role="link" aria-disabled="true" title=${words} aria-label=${words}>
    ${icon("download")}
  </a>`;
}

function link(url: string, file: string): TemplateResult {
  return html`<a class="tool" href=${url} download=${file} title="Download" aria-label="Download">
    ${icon("download")}
  </a>`;
}
