/** Loads the part of the page that draws 3D models. */
import type * as DrawModel from "./draw-model.ts";

export function loadScene(): Promise<typeof DrawModel> {
  return import("./draw-model.ts");
}
