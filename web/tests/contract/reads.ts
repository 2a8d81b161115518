/**
 * Watches which keys of JSON a decoder reads, and compares them with the keys that were sent.
 *
 * Keys are collected by route: `demo.actions[].name`. Items that name a type have a route each: `demo.inputs[slider]`.
 */
import { isList, isMapping, type Json, type JsonMapping } from "../../src/contract/json.ts";
import type { Decode } from "../../src/contract/decode.ts";

export interface Sample {
  readonly about: string;
  readonly body: Json;
}

type Keys = Map<string, Set<string>>;
type Path = readonly (string | number)[];

/** A mapping that was sent, and where it is in its body. */
interface Found {
  readonly mapping: JsonMapping;
  readonly body: Json;
  readonly path: Path;
}

export class Reads {
  private readonly read: Keys = new Map();
  private readonly sent: Keys = new Map();
  private readonly mappings = new Map<string, Found[]>();

  constructor(
    private readonly name: string,
    private readonly decode: Decode<unknown>,
    samples: readonly Sample[],
  ) {
    for (const { body } of samples) {
      decode(this.watch(body, name), name);
      this.collect(body, name, { body, path: [] });
    }
  }

  /** Keys that the page asks for and that no sample has. */
  neverSent(): readonly string[] {
    return difference(this.read, this.sent);
  }

  /** Keys that were sent and that the page does not ask for, in mappings that it looks into. */
  neverRead(): readonly string[] {
    const opened = new Map([...this.sent].filter(([route]) => this.read.has(route)));
    return difference(opened, this.read);
  }

  /** Keys that are always sent, never null, and that the page has a fallback for all the same. */
  needlessFallbacks(): readonly string[] {
    return [...this.read].flatMap(([route, keys]) =>
      [...keys]
        .filter((key) => this.isAlwaysSent(route, key) && this.hasFallback(route, key))
        .map((key) => `${route}.${key}`),
    );
  }

  private isAlwaysSent(route: string, key: string): boolean {
    return (this.mappings.get(route) ?? []).every(({ mapping }) => (mapping[key] ?? null) !== null);
  }

  /** Whether the page makes a value of its own when the key is missing. */
  private hasFallback(route: string, key: string): boolean {
    const [found] = this.mappings.get(route) ?? [];
    if (found === undefined) return false;
    const path = [...found.path, key];
    try {
      return valueAt(this.decode(without(found.body, path), this.name) as Json, path) !== null;
    } catch {
      return false;
    }
  }

  private watch(value: Json, route: string): Json {
    if (isList(value)) return value.map((item) => this.watch(item, itemRoute(route, item)));
    if (!isMapping(value)) return value;
    return new Proxy(value, {
      get: (mapping, key) => {
        if (typeof key !== "string") return undefined;
        add(this.read, route, key);
        const item = mapping[key];
        return item === undefined ? undefined : this.watch(item, `${route}.${key}`);
      },
    });
  }

  private collect(value: Json, route: string, at: Omit<Found, "mapping">): void {
    if (isList(value)) {
      for (const [index, item] of value.entries())
        this.collect(item, itemRoute(route, item), { ...at, path: [...at.path, index] });
    }
    if (!isMapping(value)) return;
    this.mappings.set(route, [...(this.mappings.get(route) ?? []), { ...at, mapping: value }]);
    for (const [key, item] of Object.entries(value)) {
      add(this.sent, route, key);
      this.collect(item, `${route}.${key}`, { ...at, path: [...at.path, key] });
    }
  }
}

function itemRoute(route: string, item: Json): string {
  return `${route}[${isMapping(item) && typeof item.type === "string" ? item.type : ""}]`;
}

function add(keys: Keys, route: string, key: string): void {
  keys.set(route, (keys.get(route) ?? new Set()).add(key));
}

function difference(some: Keys, others: Keys): readonly string[] {
  return [...some]
    .flatMap(([route, keys]) =>
      [...keys].filter((key) => others.get(route)?.has(key) !== true).map((key) => `${route}.${key}`),
    )
    .toSorted();
}

function without(value: Json, [step, ...rest]: Path): Json {
  if (isList(value)) return value.map((item, index) => (index === step ? without(item, rest) : item));
  if (!isMapping(value)) return value;
  const others = Object.entries(value).filter(([key]) => rest.length > 0 || key !== step);
  return Object.fromEntries(others.map(([key, item]) => [key, key === step ? without(item, rest) : item]));
}

function valueAt(value: Json | undefined, path: Path): Json {
  const found = path.reduce<Json | undefined>((parent, step) => {
    if (isList(parent)) return parent[Number(step)];
    return isMapping(parent) ? parent[step] : undefined;
  }, value);
  return found ?? null;
}
