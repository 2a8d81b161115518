/**
 * Draws all 3D models of a page with one WebGL context. Browsers have sixteen of them, and it takes long to set one up,
 * most of all its light.
 *
 *     scene, camera --render--> a canvas in no document, as large as the largest model --copy--> the model's own canvas
 */
import {
  NeutralToneMapping,
  PMREMGenerator,
  WebGLRenderer,
  type PerspectiveCamera,
  type Scene,
  type Texture,
} from "three";
import { RoomEnvironment } from "three/examples/jsm/environments/RoomEnvironment.js";
import { ModelError } from "./trouble.ts";

/** Who draws, and is told when the browser takes the context away and gives it back. */
export interface ContextUser {
  readonly lost: () => void;
  readonly restored: () => void;
}

/** How much of the light from all sides is in its picture, in radians of blur. */
const LIGHT_BLUR = 0.04;

const users = new Set<ContextUser>();
let shared: ModelRenderer | null = null;

/** Return the renderer of the page, which lasts until the last user gives it back. Throws ModelError. */
export function borrowRenderer(user: ContextUser): ModelRenderer {
  shared ??= new ModelRenderer();
  users.add(user);
  return shared;
}

export function giveBackRenderer(user: ContextUser): void {
  users.delete(user);
  if (users.size > 0) return;
  shared?.dispose();
  shared = null;
}

export class ModelRenderer {
  private readonly canvas = document.createElement("canvas");
  private readonly renderer: WebGLRenderer;
  private light: Texture;

  constructor() {
    const context = this.canvas.getContext("webgl2", { antialias: true, alpha: true });
    if (context === null) throw new ModelError("noWebgl");
    this.renderer = new WebGLRenderer({ canvas: this.canvas, context, alpha: true, antialias: true });
    this.renderer.toneMapping = NeutralToneMapping;
    this.renderer.setScissorTest(true);
    this.light = lightOf(this.renderer);
    this.canvas.addEventListener("webglcontextlost", this.lose);
    this.canvas.addEventListener("webglcontextrestored", this.restore);
  }

  /** Give a canvas the pixels for this size, in pixels of CSS. */
  fit(target: HTMLCanvasElement, width: number, height: number): void {
    target.width = Math.round(width * sharpness());
    target.height = Math.round(height * sharpness());
  }

  render(scene: Scene, camera: PerspectiveCamera, target: HTMLCanvasElement): void {
    const { canvas, renderer } = this;
    const { width, height } = target;
    this.makeRoom(width, height);
    const area = [0, 0, width / sharpness(), height / sharpness()] as const;
    renderer.setViewport(...area);
    renderer.setScissor(...area);
    scene.environment = this.light;
    renderer.render(scene, camera);
    const copy = target.getContext("2d");
    copy?.clearRect(0, 0, width, height);
    copy?.drawImage(canvas, 0, canvas.height - height, width, height, 0, 0, width, height);
  }

  /** Let the common canvas have at least this many pixels: its size changes as seldom as may be. */
  private makeRoom(width: number, height: number): void {
    const { canvas, renderer } = this;
    if (renderer.getPixelRatio() !== sharpness()) renderer.setPixelRatio(sharpness());
    if (width <= canvas.width && height <= canvas.height) return;
    const room = (pixels: number): number => Math.ceil(pixels / sharpness()) + 1;
    renderer.setSize(room(Math.max(width, canvas.width)), room(Math.max(height, canvas.height)), false);
  }

  dispose(): void {
    this.canvas.removeEventListener("webglcontextlost", this.lose);
    this.canvas.removeEventListener("webglcontextrestored", this.restore);
    this.light.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }

  private readonly lose = (): void => {
    for (const user of users) user.lost();
  };

  private readonly restore = (): void => {
    this.light = lightOf(this.renderer);
    for (const user of users) user.restored();
  };
}

/** Light from all sides, without which metal is black. */
function lightOf(renderer: WebGLRenderer): Texture {
  const generator = new PMREMGenerator(renderer);
  const room = new RoomEnvironment();
  const { texture } = generator.fromScene(room, LIGHT_BLUR);
  room.dispose();
  generator.dispose();
  return texture;
}

/** Pixels of the screen for one of CSS, of which more than two are hardly seen. */
function sharpness(): number {
  return Math.min(devicePixelRatio, 2);
}
