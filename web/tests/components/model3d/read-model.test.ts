/** What a model's file is goes by its content; nothing is fetched, and no count is believed that cannot be true. */
import { afterEach, expect, test, vi } from "vitest";
import { formatOf } from "../../../src/components/model3d/model-format.ts";
import { readModel } from "../../../src/components/model3d/read-model.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const CORNERS = new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]);
const OBJ = "mtllib paint.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n";
const PLY = "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\n";
const PLACES = "0 0 0\n1 0 0\n0 1 0\n";

function bytes(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer;
}

function stl(): ArrayBuffer {
  const data = new ArrayBuffer(134);
  const view = new DataView(data);
  view.setUint32(80, 1, true);
  CORNERS.forEach((place, index) => {
    view.setFloat32(96 + index * 4, place, true);
  });
  return data;
}

function gltf(
  more: object = {},
  buffer = `data:application/octet-stream;base64,${base64(CORNERS)}`,
): ArrayBuffer {
  return bytes(
    JSON.stringify({
      asset: { version: "2.0" },
      buffers: [{ byteLength: 36, uri: buffer }],
      bufferViews: [{ buffer: 0, byteLength: 36 }],
      accessors: [
        { bufferView: 0, componentType: 5126, count: 3, type: "VEC3", min: [0, 0, 0], max: [1, 1, 0] },
      ],
      meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
      nodes: [{ mesh: 0 }],
      scenes: [{ nodes: [0] }],
      scene: 0,
      ...more,
    }),
  );
}

function base64(values: Float32Array): string {
  return btoa(String.fromCharCode(...new Uint8Array(values.buffer)));
}

test.each([
  ["glTF in binary form", bytes("glTF\u0002"), "gltf"],
  ["glTF as text", bytes('\ufeff {"asset": {}}'), "gltf"],
  ["STL in binary form", stl(), "stl"],
  ["STL as text", bytes("solid a\nfacet"), "stl"],
  ["PLY", bytes(`${PLY}end_header\n${PLACES}`), "ply"],
  ["OBJ", bytes(OBJ), "obj"],
])("%s is recognised", (_, data, format) => {
  expect(formatOf(data)).toBe(format);
});

test.each([
  ["OBJ", bytes(OBJ), { triangles: 1, points: 0, outside: 1 }],
  ["STL", stl(), { triangles: 1, points: 0, outside: 0 }],
  ["points as PLY", bytes(`${PLY}end_header\n${PLACES}`), { triangles: 0, points: 3, outside: 0 }],
  [
    "faces as PLY",
    bytes(`${PLY}element face 1\nproperty list uchar int vertex_indices\nend_header\n${PLACES}3 0 1 2\n`),
    { triangles: 1, points: 0, outside: 0 },
  ],
  ["glTF with its buffer in it", gltf(), { triangles: 1, points: 0, outside: 0 }],
])("%s is read", async (_, data, counts) => {
  expect(await readModel(data)).toMatchObject(counts);
});

test.each([
  ["an empty file", bytes(""), "nothing"],
  ["text", bytes("Good morning"), "nothing"],
  ["a torn PLY", bytes(PLY), "damaged"],
  [
    "a PLY of a billion points",
    bytes(`${PLY.replace("vertex 3", "vertex 1000000000")}end_header\n`),
    "damaged",
  ],
  [
    "an accessor of a billion corners",
    gltf({ accessors: [{ componentType: 5126, count: 1e9, type: "VEC3" }] }),
    "damaged",
  ],
  ["torn JSON", bytes('{"asset": '), "damaged"],
  ["shapes elsewhere", gltf({}, "shape.bin"), "outside"],
  ["compressed shapes", gltf({ extensionsRequired: ["KHR_draco_mesh_compression"] }), "compressed"],
])("of %s it is said what is wrong", async (_, data, trouble) => {
  await expect(readModel(data)).rejects.toMatchObject({ trouble });
});

test("pictures elsewhere are counted, and neither they nor anything else is asked for", async () => {
  const asked: string[] = [];
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.stubGlobal("fetch", (address: unknown) => {
    asked.push(String(address));
    return Promise.reject(new Error());
  });
  vi.stubGlobal("self", globalThis);
  vi.stubGlobal("document", { createElementNS: () => failingPicture((address) => asked.push(address)) });
  const images = [{ uri: "https://example.com/a.png" }, { uri: "/api/demos" }];
  const textures = [{ source: 0 }, { source: 1 }];
  const materials = [0, 1].map((index) => ({ pbrMetallicRoughness: { baseColorTexture: { index } } }));
  const primitives = [0, 1].map((material) => ({ attributes: { POSITION: 0 }, material }));
  const model = await readModel(gltf({ images, textures, materials, meshes: [{ primitives }] }));
  expect(model).toMatchObject({ triangles: 2, outside: 2 });
  expect(new Set(asked)).toEqual(new Set(["data:,"]));
});

function failingPicture(ask: (address: string) => void): object {
  const heard = new Map<string, (event: object) => void>();
  return {
    addEventListener: (type: string, hear: (event: object) => void) => heard.set(type, hear),
    removeEventListener: () => undefined,
    set src(address: string) {
      ask(address);
      heard.get("error")?.call(this, {});
    },
  };
}
