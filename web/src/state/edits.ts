/**
 * Applies the edits of `patch` events to an output's value.
 *
 * Values are never changed in place, except those that this editor made: a batch of a thousand rows copies a
 * table once, not a thousand times.
 */
import type { Edit, Path } from "../contract/event.ts";
import { asText, isList, isMapping, type Json } from "../contract/json.ts";

type Owned = Json[] | Record<string, Json>;

export class Editor {
  private readonly made = new WeakSet();

  apply(value: Json, edits: readonly Edit[]): Json {
    return edits.reduce((current, edit) => this.applyOne(current, edit), value);
  }

  private applyOne(root: Json, [operation, path, value]: Edit): Json {
    const last = path.at(-1);
    if (last === undefined) return operation === "append" ? joined(root, value) : emptied(operation, value);
    if (!isList(root) && !isMapping(root)) return root;
    const owned = this.own(root);
    const parent = this.descend(owned, path.slice(0, -1));
    if (parent === null) return owned;
    change(parent, last, operation, value);
    return owned;
  }

  /** The mapping or list at the path, with everything on the way copied once; null if the path leads nowhere. */
  private descend(root: Owned, path: Path): Owned | null {
    let parent = root;
    for (const step of path) {
      const child = read(parent, step);
      if (!isList(child) && !isMapping(child)) return null;
      const owned = this.own(child);
      write(parent, step, owned);
      parent = owned;
    }
    return parent;
  }

  private own(value: Json): Owned {
    if (typeof value === "object" && value !== null && this.made.has(value)) return value as Owned;
    const copy: Owned = isList(value) ? [...value] : isMapping(value) ? { ...value } : {};
    this.made.add(copy);
    return copy;
  }
}

function emptied(operation: string, value: Json): Json {
  return operation === "delete" ? null : value;
}

function joined(before: Json | undefined, suffix: Json): Json {
  return (typeof before === "string" ? before : "") + asText(suffix);
}

function read(parent: Owned, step: string | number): Json | undefined {
  return Array.isArray(parent) ? parent[Number(step)] : parent[String(step)];
}

function write(parent: Owned, step: string | number, value: Json): void {
  if (Array.isArray(parent)) parent[Number(step)] = value;
  else parent[String(step)] = value;
}

function change(parent: Owned, step: string | number, operation: Edit[0], value: Json): void {
  switch (operation) {
    case "set":
      write(parent, step, value);
      break;
    case "append":
      write(parent, step, joined(read(parent, step), value));
      break;
    case "insert":
      if (Array.isArray(parent)) parent.splice(Number(step), 0, value);
      else write(parent, step, value);
      break;
    case "delete":
      if (Array.isArray(parent)) parent.splice(Number(step), 1);
      else Reflect.deleteProperty(parent, step);
      break;
  }
}
