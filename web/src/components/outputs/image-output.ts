/** A picture; the next one is decoded before it replaces the one shown, so that nothing flickers. */
import { html, nothing, ReactiveElement, type TemplateResult } from "lit";
import { member } from "../../contract/json.ts";
import { blobPath } from "../../client/address.ts";
import { blob, readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import { downloadTool } from "./output-tools.ts";
import { chooseScaling, type Picture } from "./picture.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";

export const KIND: OutputKind = {
  type: "image",
  fields: {},
  fits: (value) => readValue(blob, value) !== null,
  draw: (drawing) =>
    html`<gs-image-output
      .url=${urlOf(drawing)}
      .name=${drawing.output.label}
      .select=${drawing.select}
    ></gs-image-output>`,
  tools: drawTools,
  describe: countPictures,
};

/** The address of the picture; empty if there is none. */
function urlOf({ value, run }: OutputDrawing): string {
  const picture = readValue(blob, value);
  return picture === null || run === null ? "" : blobPath(run, picture.blob);
}

function drawTools(drawing: OutputDrawing): TemplateResult | typeof nothing {
  const url = urlOf(drawing);
  const mime = readValue(blob, drawing.value)?.mime ?? "";
  const suffix = mime.split("/")[1]?.replace("jpeg", "jpg") ?? "img";
  const file = `${drawing.output.name}.${suffix}`;
  return url === ""
    ? nothing
    : html`${enlargeTool({ url, file, name: drawing.output.label })}${downloadTool(url, file)}`;
}

function enlargeTool(picture: Picture): TemplateResult {
  const label = words.outputs.enlarge;
  const enlarge = (): void => {
    // What cannot be loaded is not shown: the page says that it is not whole.
    void import("./picture-viewer.ts").then(
      ({ showPicture }) => {
        showPicture(picture);
      },
      () => undefined,
    );
  };
  return html`<button class="tool" type="button" title=${label} aria-label=${label} @click=${enlarge}>
    ${icon("expand")}
  </button>`;
}

/** The number of pictures the run has shown here, if more than one. */
function countPictures({ output, tracked }: OutputDrawing): string {
  const amount = member(tracked?.state.counts ?? {}, output.name) ?? 0;
  return amount > 1 ? words.size.pictures(amount) : "";
}

class ImageOutputElement extends ReactiveElement {
  static override properties = { url: {}, name: {}, select: {} };
  declare url: string;
  declare name: string;
  declare select: OutputDrawing["select"];
  private shown: HTMLImageElement | null = null;
  private shownUrl = "";
  private isDecoding = false;

  constructor() {
    super();
    this.url = "";
    this.name = "";
    this.select = null;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(): void {
    if (this.shown !== null) this.shown.alt = this.name;
    if (!this.isDecoding) void this.catchUp();
  }

  /** The pixel that was pressed. */
  private readonly selectPixel = ({ target, offsetX, offsetY }: MouseEvent): void => {
    if (this.select === null || !(target instanceof HTMLImageElement)) return;
    const { clientWidth, clientHeight, naturalWidth, naturalHeight } = target;
    const scale = Math.min(clientWidth / naturalWidth, clientHeight / naturalHeight);
    const column = Math.floor((offsetX - (clientWidth - naturalWidth * scale) / 2) / scale);
    const row = Math.floor((offsetY - (clientHeight - naturalHeight * scale) / 2) / scale);
    // Beside a picture that does not fill its place there is nothing.
    if (column < 0 || row < 0 || column >= naturalWidth || row >= naturalHeight) return;
    this.select({ row, column });
  };

  /** Show the newest picture; those that arrived while another was being decoded are skipped. */
  private async catchUp(): Promise<void> {
    this.isDecoding = true;
    while (this.url !== this.shownUrl) await this.swap(this.url);
    this.isDecoding = false;
  }

  private async swap(url: string): Promise<void> {
    this.shownUrl = url;
    if (url === "") {
      this.replaceChildren();
      this.shown = null;
      return;
    }
    const next = new Image();
    next.alt = this.name;
    next.src = url;
    try {
      await next.decode();
    } catch {
      // The browser cannot decode it, or it is gone: keep the one shown.
      return;
    }
    chooseScaling(next);
    next.addEventListener("click", this.selectPixel);
    this.replaceChildren(next);
    this.shown = next;
  }
}

customElements.define("gs-image-output", ImageOutputElement);
