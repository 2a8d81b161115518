/**
 * Which format a 3D model's file has, by its content, and whether its counts can be true.
 *
 * A file may come from anyone: a count that is larger than the file would have the page allocate for hours.
 */
import { ModelError } from "./trouble.ts";

export type ModelFormat = "gltf" | "ply" | "stl" | "obj";

const STL_HEADER_BYTES = 84;
const STL_FACET_BYTES = 50;
const HEAD_BYTES = 2 ** 16;

export function formatOf(data: ArrayBuffer): ModelFormat {
  const head = headOf(data);
  if (data.byteLength === 0) throw new ModelError("nothing");
  if (head.startsWith("glTF")) return "gltf";
  if (/^ply\s/.test(head)) return checkedPly(head, data.byteLength);
  if (isBinaryStl(data) || /^solid\b/i.test(head)) return "stl";
  // With the mark of UTF-8, or without it.
  return /^(?:\u00ef\u00bb\u00bf)?\s*\{/.test(head) ? "gltf" : "obj";
}

/** The beginning of a file, a character for each byte. */
export function headOf(data: ArrayBuffer): string {
  return new TextDecoder("latin1").decode(data.slice(0, HEAD_BYTES));
}

function isBinaryStl(data: ArrayBuffer): boolean {
  if (data.byteLength < STL_HEADER_BYTES) return false;
  const facets = new DataView(data).getUint32(STL_HEADER_BYTES - 4, true);
  return data.byteLength === STL_HEADER_BYTES + facets * STL_FACET_BYTES;
}

function checkedPly(head: string, size: number): ModelFormat {
  const counts = [...head.matchAll(/^element[ \t]+\S+[ \t]+(\d+)/gm)].map(([, count]) => Number(count));
  // Each element takes a byte or more.
  if (!head.includes("end_header") || counts.reduce((sum, each) => sum + each, 0) > size)
    throw new ModelError("damaged");
  return "ply";
}
