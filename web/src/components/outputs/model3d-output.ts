/** A 3D model that a visitor turns; its view stays while the next one takes its place. */
import { html, nothing, type TemplateResult } from "lit";
import { blobPath } from "../../client/address.ts";
import { flag, nullable, number, record, text } from "../../contract/decode.ts";
import type { Output } from "../../contract/output.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { loadScene } from "../model3d/load.ts";
import type { ModelLook } from "../model3d/model-view.ts";
import "../model3d/model-view.ts";
import { downloadTool } from "./output-tools.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";

interface Model3dOutput extends Output, ModelLook {}

interface ModelFile {
  readonly name: string;
  readonly blob: string;
  readonly size: number;
}

const modelFile = record<ModelFile>({ name: text, blob: text, size: number });

export const KIND: OutputKind<Model3dOutput> = {
  type: "model3d",
  fields: { height: number, background: nullable(text), wireframe: flag },
  fits: (value) => readValue(modelFile, value) !== null,
  draw: drawModel,
  tools: (drawing) => {
    const { url, file } = placeOf(drawing);
    return url === "" ? nothing : downloadTool(url, file);
  },
  describe: ({ value }) => words.figures.bytes(readValue(modelFile, value)?.size ?? 0),
  warm: loadScene,
};

function placeOf({ value, run }: OutputDrawing<Model3dOutput>): {
  readonly url: string;
  readonly file: string;
} {
  const model = readValue(modelFile, value);
  return model === null || run === null
    ? { url: "", file: "" }
    : { url: blobPath(run, model.blob), file: model.name };
}

function drawModel(drawing: OutputDrawing<Model3dOutput>): TemplateResult {
  const { url, file } = placeOf(drawing);
  return html`<gs-model-view
    .source=${url === "" ? null : url}
    .file=${file}
    .name=${drawing.output.label}
    .look=${drawing.output}
  ></gs-model-view>`;
}
