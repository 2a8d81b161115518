/**
 * A 3D model that a visitor turns, zooms and moves; the next one takes its place and keeps the view.
 *
 *     source --load--> bytes --readModel--> ModelScene.show | words about what went wrong, with the download
 *
 * What draws is loaded when the first model comes. There is one canvas, which moves into the dialog to be shown large.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { words } from "../../words.ts";
import { icon, type IconName } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import { styled } from "../styled.ts";
import { loadScene } from "./load.ts";
import { modelWords } from "./model-words.ts";
import type { ModelScene } from "./model-scene.ts";
import type { Model } from "./read-model.ts";
import { ModelError, type Trouble } from "./trouble.ts";
import "../../style/model3d.css";

/** An address, or a file that the page has. */
export type ModelSource = string | Blob;

/** How the view looks. */
export interface ModelLook {
  /** In pixels. */
  readonly height: number;
  readonly background: string | null;
  readonly wireframe: boolean;
}

export const PLAIN_LOOK: ModelLook = { height: 240, background: null, wireframe: false };

/** What one press of a key turns, in radians; moves, in parts of the distance; and zooms. */
const TURN = Math.PI / 18;
const MOVE = 0.06;
const ZOOM = 1.25;

class ModelView extends LightElement {
  static override properties = {
    source: { attribute: false },
    name: {},
    file: {},
    look: { attribute: false },
    trouble: { state: true },
    isLoading: { state: true },
    isLarge: { state: true },
    model: { state: true },
  };
  declare source: ModelSource | null;
  /** The label of the component. */
  declare name: string;
  /** The name with which an address is downloaded where it cannot be shown; "" to offer none. */
  declare file: string;
  declare look: ModelLook;
  declare trouble: Trouble | null;
  declare isLoading: boolean;
  declare isLarge: boolean;
  /** What is shown. */
  declare model: Pick<Model, "triangles" | "points" | "outside"> | null;

  private canvas: HTMLCanvasElement | null = null;
  private scene: ModelScene | null = null;
  /** What is in the scene, or could not be shown. */
  private shown: ModelSource | null = null;
  private loading = new AbortController();
  private sizes: ResizeObserver | null = null;

  constructor() {
    super();
    this.source = null;
    this.name = "";
    this.file = "";
    this.look = PLAIN_LOOK;
    this.trouble = null;
    this.isLoading = false;
    this.isLarge = false;
    this.model = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.catchUp();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.loading.abort();
    this.loading = new AbortController();
    this.isLoading = false;
    this.sizes?.disconnect();
    this.canvas?.remove();
    this.scene?.dispose();
    this.canvas = this.scene = this.shown = null;
  }

  override render(): TemplateResult {
    const { name, isLarge } = this;
    const { close } = words.outputs;
    return html`<div class="model" ${styled({ "--model-height": `${this.look.height}px` })}>
        ${isLarge ? nothing : this.stage()}
      </div>
      <dialog class="viewer" aria-label=${name} @close=${this.shrink}>
        <form method="dialog" class="viewer-tools">
          <bdi>${name}</bdi>
          <button class="tool" type="submit" title=${close} aria-label=${close}>${icon("cross")}</button>
        </form>
        ${isLarge ? this.stage() : nothing}
      </dialog>`;
  }

  protected override updated(changed: PropertyValues): void {
    this.place();
    if (changed.has("isLarge") && this.isLarge) this.querySelector("dialog")?.showModal();
    if (changed.has("source")) void this.catchUp();
  }

  /** Put the canvas where the stage is. One finger scrolls a page up and down, and there is none around a dialog. */
  private place(): void {
    if (this.canvas === null) return;
    this.querySelector(".model-stage")?.prepend(this.canvas);
    this.canvas.style.touchAction = this.isLarge ? "none" : "pan-y";
  }

  private stage(): TemplateResult {
    const { background } = this.look;
    const isShown = this.trouble === null && this.model !== null;
    return html`<div
        class="model-stage ${isShown ? "" : "without"}"
        role="application"
        tabindex="0"
        aria-label=${modelWords().view(this.name)}
        aria-description=${modelWords().keys}
        ${styled(background === null ? {} : { background })}
        @keydown=${this.press}
        @pointerdown=${this.take}
        @wheel=${{ handleEvent: this.keepWheel, capture: true }}
      >
        ${this.notice()}
      </div>
      <div class="model-foot">
        <span class="note figures">${isShown ? this.amount() : nothing}</span>
        ${isShown ? this.buttons() : nothing}
      </div>
      ${isShown && (this.model?.outside ?? 0) > 0 ? this.outside() : nothing}`;
  }

  /** What stands where there is no model. */
  private notice(): unknown {
    const { trouble, source, file } = this;
    if (trouble === null)
      return this.isLoading && this.model === null
        ? html`<p class="model-words" role="status">${modelWords().loading}</p>`
        : nothing;
    return html`<div class="model-words" role="alert">
      <p>${modelWords().trouble[trouble]}</p>
      ${
        typeof source === "string" && file !== ""
          ? html`<a href=${source} download=${file}>${icon("download")} ${words.outputs.download}</a>`
          : nothing
      }
    </div>`;
  }

  private amount(): string {
    const { triangles, points } = this.model ?? { triangles: 0, points: 0 };
    const { compact } = words.figures;
    return triangles > 0 ? modelWords().triangles(compact(triangles)) : modelWords().points(compact(points));
  }

  private outside(): TemplateResult {
    const amount = words.figures.compact(this.model?.outside ?? 0);
    return html`<p class="note model-outside">${modelWords().outside(amount)}</p>`;
  }

  private buttons(): TemplateResult {
    const { zoomIn, zoomOut, reset } = modelWords();
    return html`${tool("plus", zoomIn, () => this.scene?.zoom(ZOOM))}
    ${tool("minus", zoomOut, () => this.scene?.zoom(1 / ZOOM))}
    ${tool("again", reset, () => this.scene?.reset())}
    ${this.isLarge ? nothing : tool("expand", words.outputs.enlarge, this.enlarge)}`;
  }

  private readonly enlarge = (): void => {
    this.isLarge = true;
  };

  private readonly shrink = async (): Promise<void> => {
    this.isLarge = false;
    // The button that opened it is drawn anew.
    await this.updateComplete;
    this.querySelector<HTMLElement>("[data-tool=expand]")?.focus();
  };

  private readonly press = (event: KeyboardEvent): void => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : this.actOf(event);
    if (act === undefined || this.scene === null) return;
    event.preventDefault();
    act(this.scene);
  };

  private actOf({ key, shiftKey }: KeyboardEvent): ((scene: ModelScene) => void) | undefined {
    const go = (right: number, up: number) => (scene: ModelScene) => {
      if (shiftKey) scene.move(right * MOVE, up * MOVE);
      else scene.turn(right * TURN, up * TURN);
    };
    const acts: Readonly<Record<string, (scene: ModelScene) => void>> = {
      ArrowLeft: go(-1, 0),
      ArrowRight: go(1, 0),
      ArrowUp: go(0, 1),
      ArrowDown: go(0, -1),
      "+": (scene) => {
        scene.zoom(ZOOM);
      },
      "-": (scene) => {
        scene.zoom(1 / ZOOM);
      },
      "0": (scene) => {
        scene.reset();
      },
    };
    return Object.hasOwn(acts, key) ? acts[key] : undefined;
  }

  /** Pressing the canvas gives the keys, and the wheel, to it. */
  private readonly take = ({ currentTarget }: Event): void => {
    (currentTarget as HTMLElement).focus({ preventScroll: true });
  };

  /** The wheel scrolls the page, unless the visitor is at the model. */
  private readonly keepWheel = (event: WheelEvent): void => {
    const isAtModel = this.isLarge || event.ctrlKey || this.contains(document.activeElement);
    if (!isAtModel) event.stopPropagation();
  };

  private fit(): void {
    if (this.canvas !== null) this.scene?.resize(this.canvas.clientWidth, this.canvas.clientHeight);
  }

  /** Show the newest model; those that arrived while another was read are skipped. */
  private async catchUp(): Promise<void> {
    if (this.isLoading) return;
    const { signal } = this.loading;
    this.isLoading = true;
    while (!signal.aborted && this.source !== null && this.source !== this.shown)
      await this.show(this.source, signal);
    if (!signal.aborted) this.isLoading = false;
  }

  private async show(source: ModelSource, signal: AbortSignal): Promise<void> {
    this.shown = source;
    try {
      const { ModelScene: Scene, readModel } = await drawingParts();
      const model = await readModel(await bytesOf(source, signal));
      if (signal.aborted) return;
      this.scene ??= this.begin(Scene);
      this.scene.show(model);
      const { triangles, points, outside } = model;
      this.model = { triangles, points, outside };
      this.trouble = null;
    } catch (reason) {
      if (!signal.aborted) this.trouble = reason instanceof ModelError ? reason.trouble : "notLoaded";
    }
  }

  private begin(Scene: typeof ModelScene): ModelScene {
    const canvas = document.createElement("canvas");
    const scene = new Scene(canvas, this.look.wireframe, {
      lost: () => {
        this.trouble = "lost";
      },
      restored: () => {
        this.trouble = null;
        scene.draw();
      },
    });
    this.canvas = canvas;
    this.place();
    this.sizes = new ResizeObserver(() => {
      this.fit();
    });
    this.sizes.observe(canvas);
    scene.resize(canvas.clientWidth, canvas.clientHeight);
    return scene;
  }
}

/** What draws, unless this browser cannot draw in 3D at all, and need not load it. */
async function drawingParts(): ReturnType<typeof loadScene> {
  if (!("WebGL2RenderingContext" in window)) throw new ModelError("noWebgl");
  return loadScene();
}

async function bytesOf(source: ModelSource, signal: AbortSignal): Promise<ArrayBuffer> {
  if (typeof source !== "string") return source.arrayBuffer();
  const response = await fetch(source, { signal });
  if (!response.ok) throw new ModelError("notLoaded");
  return response.arrayBuffer();
}

function tool(name: IconName, label: string, press: () => void): TemplateResult {
  return html`<button
    class="tool"
    type="button"
    data-tool=${name}
    title=${label}
    aria-label=${label}
    @click=${press}
  >
    ${icon(name)}
  </button>`;
}

customElements.define("gs-model-view", ModelView);
