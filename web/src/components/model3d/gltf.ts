/**
 * Reads glTF without fetching anything: all parts are in the file, and what is not is left out and counted.
 *
 * The loader would fetch outside addresses, and `data:` ones too, which the page's policy does not allow.
 */
import { LoadingManager, TextureLoader, type AnimationClip, type FileLoader, type Object3D } from "three";
import { GLTFLoader, type GLTF } from "three/examples/jsm/loaders/GLTFLoader.js";
import { isList, isMapping, type Json } from "../../contract/json.ts";
import { ModelError } from "./trouble.ts";

/** Extensions without which a file cannot be read, and whose decoders are programs that the page does not have. */
const COMPRESSIONS = ["KHR_draco_mesh_compression", "EXT_meshopt_compression", "KHR_meshopt_compression"];

const INSIDE = /^(?:data|blob):/i;
/** What is loaded in place of a picture elsewhere: a picture that fails. */
const NO_PICTURE = "data:,";

type Parser = GLTF["parser"];

export interface GltfScene {
  readonly object: Object3D;
  readonly animations: readonly AnimationClip[];
  /** The number of pictures elsewhere. */
  readonly outside: number;
}

export async function readGltf(data: ArrayBuffer): Promise<GltfScene> {
  const manager = new LoadingManager();
  manager.setURLModifier((address) => (INSIDE.test(address) ? address : NO_PICTURE));
  const loader = new GLTFLoader(manager);
  let outside = 0;
  loader.register((parser) => {
    const json = parser.json as Json;
    check(json, data.byteLength);
    outside = elsewhere(partsOf(json, "images"));
    readInPlace(parser, manager);
    return { name: "gradstream" };
  });
  const { scene, animations } = await loader.parseAsync(data, "");
  return { object: scene, animations, outside };
}

function readInPlace(parser: Parser, manager: LoadingManager): void {
  const buffers: Pick<FileLoader, "load"> = {
    load(address: string, done, _, fail): undefined {
      try {
        done?.(bytesOf(address));
      } catch (reason) {
        fail?.(reason);
      }
    },
  };
  // Bitmaps would be fetched, which the policy allows pictures alone to be.
  Object.assign(parser, { fileLoader: buffers, textureLoader: new TextureLoader(manager) });
}

function check(json: Json, size: number): void {
  const required = isMapping(json) ? (json.extensionsRequired ?? null) : null;
  if (isList(required) && COMPRESSIONS.some((name) => required.includes(name)))
    throw new ModelError("compressed");
  if (elsewhere(partsOf(json, "buffers")) > 0) throw new ModelError("outside");
  if (partsOf(json, "accessors").some(({ count }) => typeof count !== "number" || count > size))
    throw new ModelError("damaged");
}

function partsOf(json: Json, key: string): readonly Readonly<Record<string, Json>>[] {
  const parts = isMapping(json) ? (json[key] ?? null) : null;
  return isList(parts) ? parts.filter(isMapping) : [];
}

function elsewhere(parts: readonly Readonly<Record<string, Json>>[]): number {
  return parts.filter(({ uri }) => typeof uri === "string" && !INSIDE.test(uri)).length;
}

/** The bytes of a `data:` address. */
function bytesOf(address: string): ArrayBuffer {
  const [, encoding, content] = /^data:[^,]*?(;base64)?,(.*)$/is.exec(address) ?? [];
  if (content === undefined) throw new ModelError("damaged");
  if (encoding === undefined) return new TextEncoder().encode(decodeURIComponent(content)).buffer;
  return Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)).buffer;
}
