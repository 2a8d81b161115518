/** A picture in the whole window, in which it fits or is enlarged; copied, shared and downloaded from there. */
import { html, nothing, type TemplateResult } from "lit";
import { words } from "../../words.ts";
import { icon, type IconName } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import "../../style/picture-viewer.css";
import { copyTool, downloadTool } from "./output-tools.ts";
import { chooseScaling, type Picture } from "./picture.ts";

/** Show the picture until Escape or its button closes it. */
export function showPicture(picture: Picture): void {
  document.body.append(Object.assign(new PictureViewer(), { picture }));
}

class PictureViewer extends LightElement {
  static override properties = { picture: { attribute: false }, isZoomed: { state: true } };
  declare picture: Picture;
  declare isZoomed: boolean;

  constructor() {
    super();
    this.isZoomed = false;
  }

  protected override firstUpdated(): void {
    this.querySelector("dialog")?.showModal();
  }

  override render(): TemplateResult {
    const { name, url } = this.picture;
    const close = (): void => {
      this.remove();
    };
    return html`<dialog class="viewer" aria-label=${name} @close=${close}>
      ${this.tools(this.picture)}
      <div
        class="viewer-ground ${this.isZoomed ? "zoomed" : ""}"
        dir="ltr"
        tabindex=${this.isZoomed ? "0" : nothing}
        @click=${this.zoomHere}
      >
        <img src=${url} alt=${name} @load=${scaled} />
      </div>
    </dialog>`;
  }

  private tools(picture: Picture): TemplateResult {
    const { zoom, copyPicture, share: shareWords, close } = words.outputs;
    const zoomMiddle = (): void => void this.zoom(0.5, 0.5);
    return html`<form method="dialog" class="viewer-tools">
      <bdi>${picture.name}</bdi>
      ${drawTool("search", zoom, zoomMiddle, this.isZoomed)}
      ${"ClipboardItem" in window ? copyTool(copyPicture, () => this.asPng()) : nothing}
      ${"canShare" in navigator ? drawTool("share", shareWords, () => void share(picture)) : nothing}
      ${downloadTool(picture.url, picture.file)}
      <button class="tool" type="submit" title=${close} aria-label=${close}>${icon("cross")}</button>
    </form>`;
  }

  private readonly zoomHere = ({ currentTarget, clientX, clientY }: MouseEvent): void => {
    const { left, top, width, height } = (currentTarget as Element).getBoundingClientRect();
    void this.zoom((clientX - left) / width, (clientY - top) / height);
  };

  /** What is at this place, from 0 to 1 on both axes, is in the middle when the picture is enlarged. */
  private async zoom(x: number, y: number): Promise<void> {
    this.isZoomed = !this.isZoomed;
    await this.updateComplete;
    const ground = this.querySelector(".viewer-ground");
    if (ground === null) return;
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = ground;
    ground.scrollTo(x * scrollWidth - clientWidth / 2, y * scrollHeight - clientHeight / 2);
  }

  /** The clipboard takes pictures as PNG only. */
  private async asPng(): Promise<Blob> {
    const image = new Image();
    image.src = this.picture.url;
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    canvas.getContext("2d")?.drawImage(image, 0, 0);
    return canvas.convertToBlob({ type: "image/png" });
  }
}

function scaled({ currentTarget }: Event): void {
  chooseScaling(currentTarget as HTMLImageElement);
}

function drawTool(name: IconName, label: string, press: () => void, isPressed?: boolean): TemplateResult {
  return html`<button
    class="tool"
    type="button"
    title=${label}
    aria-label=${label}
    aria-pressed=${isPressed ?? nothing}
    @click=${press}
  >
    ${icon(name)}
  </button>`;
}

async function share({ url, file, name }: Picture): Promise<void> {
  const content = await (await fetch(url)).blob();
  const shared = { title: name, files: [new File([content], file, { type: content.type })] };
  if (!navigator.canShare(shared)) return;
  // A visitor who thinks better of it rejects.
  await navigator.share(shared).catch(() => undefined);
}

customElements.define("gs-picture-viewer", PictureViewer);
