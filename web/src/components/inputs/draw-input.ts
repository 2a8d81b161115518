/** Each kind of input to its drawing: the one list of them. */
import { html, type TemplateResult } from "lit";
import type { Api } from "../../client/api.ts";
import type { Input } from "../../contract/input.ts";
import type { Undo } from "../../transport/types.ts";
import { drawCheckbox } from "./checkbox-input.ts";
import { drawDropdown } from "./dropdown-input.ts";
import type { Drawing } from "./field.ts";
import "./image-input.ts";
import { drawNumber } from "./number-input.ts";
import { drawRadio } from "./radio-input.ts";
import "./recording-input.ts";
import { drawSlider } from "./slider-input.ts";
import { drawText } from "./text-input.ts";
import { drawUnknown } from "./unknown-input.ts";

/** What inputs that send files need beside their drawing. */
export interface Uploads {
  readonly api: Api;
  readonly await: (upload: Promise<unknown>) => void;
  readonly beforeRun: (input: string, finish: () => void) => Undo;
}

export function drawInput(drawing: Drawing<Input>, uploads: Uploads): TemplateResult {
  const { input, value, mistake, change } = drawing;
  switch (input.type) {
    case "text":
      return drawText({ ...drawing, input });
    case "number":
      return drawNumber({ ...drawing, input });
    case "slider":
      return drawSlider({ ...drawing, input });
    case "checkbox":
      return drawCheckbox({ ...drawing, input });
    case "radio":
      return drawRadio({ ...drawing, input });
    case "dropdown":
      return drawDropdown({ ...drawing, input });
    case "image":
      return html`<gs-image-input
        .input=${input}
        .value=${value}
        .mistake=${mistake}
        .change=${change}
        .api=${uploads.api}
        .await=${uploads.await}
      ></gs-image-input>`;
    case "audio":
    case "video":
      return html`<gs-recording-input
        .input=${input}
        .value=${value}
        .mistake=${mistake}
        .change=${change}
        .uploads=${uploads}
      ></gs-recording-input>`;
    case "unknown":
      return drawUnknown({ ...drawing, input });
  }
}
