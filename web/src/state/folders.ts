/** The demos of a catalog by the folders that they lie in. */
import type { Entry } from "../contract/catalog.ts";

export interface Folder {
  /** The folders above a demo, joined by dots as in its address; empty for those that lie in none. */
  readonly name: string;
  readonly demos: readonly Entry[];
}

/** Those in no folder come first, then each folder at the place of its first demo. The order within stays. */
export function byFolder(demos: readonly Entry[]): readonly Folder[] {
  const folders = new Map<string, Entry[]>([["", []]]);
  for (const demo of demos) {
    const name = demo.address.split(".").slice(0, -1).join(".");
    folders.set(name, [...(folders.get(name) ?? []), demo]);
  }
  return [...folders]
    .map(([name, within]) => ({ name, demos: within }))
    .filter((each) => each.demos.length > 0);
}

/** "image_tools.filters" as people read it: "Image tools / Filters". */
export function folderTitle(name: string): string {
  return name
    .split(".")
    .map((part) => part.replaceAll(/[_-]+/g, " ").trim())
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(" / ");
}
