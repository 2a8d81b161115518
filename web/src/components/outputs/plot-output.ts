/** A figure: the picture that the worker has drawn of it, or one that its library's script draws in a frame. */
import { html, type TemplateResult } from "lit";
import { writeJson } from "../../contract/json.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import { figure, type Figure } from "./figure.ts";
import "./figure-frame.ts";
import type { FigureFrame } from "./figure-frame.ts";
import { KIND as IMAGE } from "./image-output.ts";
import { copyTool, saveTool } from "./output-tools.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";
import "../../style/plot.css";

export const KIND: OutputKind = {
  ...IMAGE,
  type: "plot",
  fits: (value) => readValue(figure, value) !== null || IMAGE.fits?.(value) === true,
  draw: (drawing) => {
    const drawn = readValue(figure, drawing.value);
    return drawn === null
      ? IMAGE.draw(drawing)
      : html`<gs-figure-frame .value=${drawing.value} .name=${drawing.output.label}></gs-figure-frame>`;
  },
  tools: (drawing) => {
    const drawn = readValue(figure, drawing.value);
    return drawn === null ? (IMAGE.tools?.(drawing) ?? html``) : figureTools(drawn, drawing);
  },
  describe: (drawing) => (readValue(figure, drawing.value) === null ? (IMAGE.describe?.(drawing) ?? "") : ""),
};

function figureTools(drawn: Figure, { output }: OutputDrawing): TemplateResult {
  const { enlarge, savePicture } = words.outputs;
  const json = (): string => writeJson(drawn.figure, 2);
  const picture = async (button: Element): Promise<Blob> =>
    (await frameOf(button)?.picture()) ??
    new File([json()], `${output.name}.json`, { type: "application/json" });
  return html`<button
      class="tool"
      type="button"
      title=${enlarge}
      aria-label=${enlarge}
      @click=${({ currentTarget }: Event) => {
        frameOf(currentTarget as Element)?.enlarge();
      }}
    >
      ${icon("expand")}
    </button>
    ${copyTool(words.copy.asJson, json)}${saveTool(savePicture, `${output.name}.png`, picture)}`;
}

function frameOf(button: Element): FigureFrame | null {
  return button.closest(".out")?.querySelector<FigureFrame>("gs-figure-frame") ?? null;
}
