/** What a value says about the file that it names: {"file": id | "RUN/DIGEST" | path of the demo's own}. */
import { isMapping, type Json } from "../contract/json.ts";
import { blobPath } from "./address.ts";

const OF_RUN = /^([0-9a-f]{32})\/([^/.]+)$/;

/** The address of a file that a run has made; null for any other. */
export function madeAddress(value: Json): string | null {
  const [, run, digest] = OF_RUN.exec(fileIn(value)) ?? [];
  return run === undefined || digest === undefined ? null : blobPath(run, digest);
}

/** What names the file of a value: an id, a path, or a run and a digest; empty for no file. */
export function fileIn(value: Json): string {
  return isMapping(value) && typeof value.file === "string" ? value.file : "";
}

/** The path of a file that the demo brings along, which its value has; null for any other. */
export function shippedPath(value: Json): string | null {
  const file = fileIn(value);
  return /[./]/.test(file) && !OF_RUN.test(file) ? file : null;
}

/** The name of a file that the demo brings along; null for an upload of an earlier page. */
export function shippedName(value: Json): string | null {
  return shippedPath(value)?.split("/").at(-1) ?? null;
}
