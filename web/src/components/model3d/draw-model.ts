/** What draws 3D models, in one chunk with the library that it is made with. */
export { ModelScene } from "./model-scene.ts";
export { readModel } from "./read-model.ts";
