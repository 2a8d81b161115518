/** What can be taken away from an output: copied, or downloaded. */
import { html, nothing, type TemplateResult } from "lit";
import { asText } from "../../contract/json.ts";
import { blob, readValue } from "../../contract/value.ts";
import "../copy-button.ts";
import { icon } from "../icon.ts";
import { playableOf } from "../../media/playable.ts";
import { imageUrl, type OutputDrawing } from "./draw-output.ts";
import { takenAway } from "./media-output.ts";
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
      return mediaLink(drawing);
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
function mediaLink(drawing: OutputDrawing): TemplateResult | typeof nothing {
  const playable = playableOf(drawing.value, drawing.run, drawing.output.name);
  if (playable === null) return nothing;
  const found = takenAway(drawing, playable);
  if (found !== null) return link(found.address, `${drawing.output.name}.${found.suffix}`);
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
