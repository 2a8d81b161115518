/**
 * Applies the edits of `patch` events to an output's value.
 *
 * Values are never changed in place, except those that this editor made: a batch of a thousand rows copies a
 * table once, not a thousand times.
 */
import type { Edit, Path } from "../contract/event.ts";
import { asText, heldKey, isList, isMapping, member, type Json } from "../contract/json.ts";

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
  if (!Array.isArray(parent)) return member(parent, heldKey(String(step)));
  return typeof step === "number" ? parent[step] : undefined;
}

function write(parent: Owned, step: string | number, value: Json): void {
  if (!Array.isArray(parent)) define(parent, heldKey(String(step)), value);
  else if (isPlace(parent, step)) parent[step] = value;
}

/** Assigning to `__proto__` would change what the mapping is, and not what it has. */
function define(parent: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(parent, key, { value, configurable: true, enumerable: true, writable: true });
}

/** Whether a step leads to an item of the list, or to the place after its last one. */
function isPlace(parent: readonly Json[], step: string | number): step is number {
  return typeof step === "number" && Number.isInteger(step) && step >= 0 && step <= parent.length;
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
      if (!Array.isArray(parent)) write(parent, step, value);
      else if (isPlace(parent, step)) parent.splice(step, 0, value);
      break;
    case "delete":
      if (!Array.isArray(parent)) Reflect.deleteProperty(parent, heldKey(String(step)));
      else if (isPlace(parent, step)) parent.splice(step, 1);
      break;
  }
}
