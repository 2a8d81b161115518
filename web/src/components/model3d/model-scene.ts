/**
 * One 3D model on a canvas, with a camera that goes around it. Nothing is drawn while nothing changes.
 *
 *     show(model) --fit, unless the visitor has turned it--> camera --ModelRenderer--> canvas
 *     mouse, touch --OrbitControls--> camera     turn, zoom, move (keys, buttons) --> camera
 */
import {
  Box3,
  DirectionalLight,
  Line,
  Mesh,
  PerspectiveCamera,
  Points,
  Scene,
  Sphere,
  Spherical,
  Texture,
  Vector3,
  type Material,
  type Object3D,
} from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import { borrowRenderer, giveBackRenderer, type ContextUser, type ModelRenderer } from "./model-renderer.ts";
import { isMesh, type Model } from "./read-model.ts";

const VIEW_DEGREES = 40;
/** Where the camera stands at first: to the right, above and in front. */
const FIRST_SIDE = new Vector3(0.55, 0.4, 1).normalize();
const ROOM = 1.02;
/** How near and how far one can go, in radii of the model. */
const NEAREST = 0.05;
const FARTHEST = 30;

export class ModelScene {
  private readonly renderer: ModelRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(VIEW_DEGREES);
  private readonly controls: OrbitControls;
  private readonly extent = new Sphere(new Vector3(), 1);
  private model: Object3D | null = null;
  private isTurned = false;
  private frame = 0;

  /** Throws ModelError where the browser cannot draw in 3D; `user` learns when the model cannot be drawn any longer. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly hasWireframe: boolean,
    private readonly user: ContextUser,
  ) {
    this.renderer = borrowRenderer(user);
    this.scene.environmentIntensity = 0.55;
    const light = new DirectionalLight(0xffffff, 1);
    light.position.set(0.5, 1, 1);
    this.scene.add(this.camera.add(light));
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.addEventListener("start", this.noteTurn);
    this.controls.addEventListener("change", this.draw);
  }

  /** Show a model in place of the last one; a view that the visitor has chosen stays as it is. */
  show({ object }: Model): void {
    this.forget();
    this.model = object;
    if (this.hasWireframe) drawEdges(object);
    this.scene.add(object);
    new Box3().setFromObject(object).getBoundingSphere(this.extent);
    // A single point has no size.
    this.extent.radius ||= 1;
    this.controls.minDistance = this.extent.radius * NEAREST;
    this.controls.maxDistance = this.extent.radius * FARTHEST;
    if (this.isTurned) this.draw();
    else this.reset();
  }

  /** Show the whole model from where it is shown at first. */
  reset(): void {
    const { center, radius } = this.extent;
    const half = (this.camera.fov / 2) * (Math.PI / 180);
    const narrow = Math.min(half, Math.atan(Math.tan(half) * this.camera.aspect));
    this.controls.target.copy(center);
    this.camera.position.copy(center).addScaledVector(FIRST_SIDE, (radius * ROOM) / Math.sin(narrow));
    this.controls.update();
    this.isTurned = false;
    this.draw();
  }

  /** Go around the model by angles, to the right and upwards. */
  turn(right: number, up: number): void {
    const offset = this.camera.position.clone().sub(this.controls.target);
    const place = new Spherical().setFromVector3(offset);
    place.theta += right;
    place.phi -= up;
    this.settle(offset.setFromSpherical(place.makeSafe()));
  }

  /** Divide the distance from the model by a factor. */
  zoom(factor: number): void {
    this.settle(this.camera.position.clone().sub(this.controls.target).divideScalar(factor));
  }

  /** Move the model on the canvas, by parts of the distance from it. */
  move(right: number, up: number): void {
    const offset = this.camera.position.clone().sub(this.controls.target);
    const distance = offset.length();
    const way = new Vector3(-right, -up, 0).multiplyScalar(distance).applyQuaternion(this.camera.quaternion);
    this.controls.target.add(way);
    this.settle(offset);
  }

  resize(width: number, height: number): void {
    if (width === 0 || height === 0) return;
    this.renderer.fit(this.canvas, width, height);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    if (this.model !== null && !this.isTurned) this.reset();
    // Setting the size has cleared the canvas: waiting for the next frame would flicker.
    this.drawNow();
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.forget();
    this.controls.dispose();
    giveBackRenderer(this.user);
  }

  readonly draw = (): void => {
    if (this.frame === 0) this.frame = requestAnimationFrame(this.drawNow);
  };

  private readonly drawNow = (): void => {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const { radius, center } = this.extent;
    const distance = this.camera.position.distanceTo(center);
    this.camera.near = Math.max(radius / 1000, distance - radius * 1.5);
    this.camera.far = distance + radius * 1.5;
    this.camera.updateProjectionMatrix();
    this.renderer.render(this.scene, this.camera, this.canvas);
  };

  private readonly noteTurn = (): void => {
    this.isTurned = true;
  };

  /** Put the camera at this offset from what it looks at. */
  private settle(offset: Vector3): void {
    this.camera.position.copy(this.controls.target).add(offset);
    this.controls.update();
    this.isTurned = true;
    this.draw();
  }

  private forget(): void {
    if (this.model === null) return;
    this.scene.remove(this.model);
    this.model.traverse(release);
    this.model = null;
  }
}

function drawEdges(object: Object3D): void {
  object.traverse((part) => {
    if (!isMesh(part)) return;
    for (const material of materialsOf(part.material)) Object.assign(material, { wireframe: true });
  });
}

function release(part: Object3D): void {
  if (!(part instanceof Mesh || part instanceof Points || part instanceof Line)) return;
  const { geometry, material } = part as Mesh;
  geometry.dispose();
  for (const each of materialsOf(material)) {
    for (const value of Object.values(each)) if (value instanceof Texture) value.dispose();
    each.dispose();
  }
}

function materialsOf(material: Material | Material[]): readonly Material[] {
  return Array.isArray(material) ? material : [material];
}
