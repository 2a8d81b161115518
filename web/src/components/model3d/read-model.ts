/** Reads a 3D model's file into an object that can be drawn. */
import {
  Box3,
  DoubleSide,
  Group,
  Line,
  Mesh,
  MeshStandardMaterial,
  Points,
  PointsMaterial,
  type BufferGeometry,
  type Material,
  type Object3D,
} from "three";
import { OBJLoader } from "three/examples/jsm/loaders/OBJLoader.js";
import { PLYLoader } from "three/examples/jsm/loaders/PLYLoader.js";
import { STLLoader } from "three/examples/jsm/loaders/STLLoader.js";
import { readGltf } from "./gltf.ts";
import { formatOf, headOf, type ModelFormat } from "./model-format.ts";
import { ModelError } from "./trouble.ts";

export interface Model {
  readonly object: Object3D;
  readonly triangles: number;
  readonly points: number;
  /** The number of files that it refers to, which are not loaded. */
  readonly outside: number;
}

/** Seen on a light and on a dark ground. */
const COLOR = 0x8d99ab;
/** In pixels. */
const POINT_SIZE = 2;

/** Raises ModelError. */
export async function readModel(data: ArrayBuffer): Promise<Model> {
  const format = formatOf(data);
  const { object, outside } = await parsed(format, data);
  const counts = countShapes(object);
  const box = new Box3().setFromObject(object);
  if (counts.triangles + counts.points === 0 || box.isEmpty()) throw new ModelError("nothing");
  if (![...box.min.toArray(), ...box.max.toArray()].every(Number.isFinite)) throw new ModelError("damaged");
  return { object, outside, ...counts };
}

async function parsed(format: ModelFormat, data: ArrayBuffer): Promise<Pick<Model, "object" | "outside">> {
  try {
    switch (format) {
      case "gltf":
        return await readGltf(data);
      case "ply":
        return { object: readPly(data), outside: 0 };
      case "stl":
        return { object: readStl(data), outside: 0 };
      case "obj":
        return readObj(new TextDecoder().decode(data));
    }
  } catch (reason) {
    throw reason instanceof ModelError ? reason : new ModelError("damaged");
  }
}

function readPly(data: ArrayBuffer): Object3D {
  const geometry = new PLYLoader().parse(data);
  const hasFaces = /^element[ \t]+(?:face|tristrips)[ \t]+[1-9]/m.test(headOf(data));
  return hasFaces ? new Mesh(geometry, surface(geometry)) : new Points(geometry, dots(geometry));
}

/** Its z points upwards, as programs for printing have it; its normals are often zeros. */
function readStl(data: ArrayBuffer): Object3D {
  const geometry = new STLLoader().parse(data);
  geometry.deleteAttribute("normal");
  return new Group().add(new Mesh(geometry, surface(geometry))).rotateX(-Math.PI / 2);
}

function readObj(text: string): Pick<Model, "object" | "outside"> {
  const object = new OBJLoader().parse(text);
  object.traverse((part) => {
    if (isMesh(part)) part.material = surface(part.geometry);
    else if (isPoints(part)) part.material = dots(part.geometry);
  });
  const libraries = new Set([...text.matchAll(/^[ \t]*mtllib[ \t]+(.+)/gm)].map(([, name]) => name));
  return { object, outside: libraries.size };
}

function surface(geometry: BufferGeometry): Material {
  if (!geometry.hasAttribute("normal")) geometry.computeVertexNormals();
  return new MeshStandardMaterial({
    ...colored(geometry),
    roughness: 0.65,
    metalness: 0.1,
    side: DoubleSide,
  });
}

function dots(geometry: BufferGeometry): Material {
  return new PointsMaterial({ ...colored(geometry), size: POINT_SIZE, sizeAttenuation: false });
}

function colored(geometry: BufferGeometry): { vertexColors: true } | { color: number } {
  return geometry.hasAttribute("color") ? { vertexColors: true } : { color: COLOR };
}

function countShapes(object: Object3D): Pick<Model, "triangles" | "points"> {
  let triangles = 0;
  let points = 0;
  object.traverse((part) => {
    if (isMesh(part)) triangles += Math.floor(cornersOf(part.geometry) / 3);
    else if (isPoints(part) || part instanceof Line) points += cornersOf((part as Points).geometry);
  });
  return { triangles, points };
}

function cornersOf({ index, attributes }: BufferGeometry): number {
  return index?.count ?? attributes.position?.count ?? 0;
}

export function isMesh(part: Object3D): part is Mesh {
  return part instanceof Mesh;
}

function isPoints(part: Object3D): part is Points {
  return part instanceof Points;
}
