/** What can be taken away from an output: copied, or downloaded. */
import { html, nothing, type TemplateResult } from "lit";
import { asText } from "../../contract/json.ts";
import { blob, readValue } from "../../contract/value.ts";
import "../copy-button.ts";
import { icon } from "../icon.ts";
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
  if (url === "") return nothing;
  return html`<a
    class="tool"
    href=${url}
    download="${drawing.output.name}.${suffix}"
    title="Download"
    aria-label="Download"
  >
    ${icon("download")}
  </a>`;
}
