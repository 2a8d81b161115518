/** Components as the server describes them: all keys that it always sends, with the defaults of the schemas. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Decode } from "../../src/contract/decode.ts";
import type { Demo, DemoFormat } from "../../src/contract/demo.ts";
import { asText, isMapping, parseJson, type Json, type JsonMapping } from "../../src/contract/json.ts";

const SCHEMAS = join(import.meta.dirname, "../../../schemas");

/** Keys that the server writes in another form than the schema's default. */
const RESOLVED: Readonly<Record<string, (value: Json) => Json>> = {
  accept: (value) => [value],
  max_size: (value) => parseInt(asText(value)) * 1_000_000,
};

export function describedInput(type: string, keys: JsonMapping = {}): JsonMapping {
  const common = { name: "field", type, label: "Field", description: null };
  const more = { required: false, section: null, show_if: [], rules: [], default: null, integer: false };
  return { ...common, ...more, ...defaultsOf("inputs", type), ...keys };
}

export function describedOutput(type: string, keys: JsonMapping = {}): JsonMapping {
  const common = { name: "out", type, label: "Out", description: null };
  return {
    ...common,
    streaming: true,
    updates: "replace",
    show_if: [],
    ...defaultsOf("outputs", type),
    ...keys,
  };
}

/** The schema of a kind; null for a kind that there is not. */
export function schemaOf(side: "inputs" | "outputs", type: string): JsonMapping | null {
  try {
    const found = parseJson(readFileSync(join(SCHEMAS, side, `${type}.schema.json`), "utf8"));
    return isMapping(found) && isMapping(found.properties) ? found.properties : null;
  } catch {
    // A kind that only a newer server has.
    return null;
  }
}

function defaultsOf(side: "inputs" | "outputs", type: string): JsonMapping {
  const properties = Object.entries(schemaOf(side, type) ?? {});
  const found = properties.flatMap(([key, property]): [string, Json][] => {
    if (!isMapping(property) || property.default === undefined) return [];
    return [[key, RESOLVED[key]?.(property.default) ?? property.default]];
  });
  return Object.fromEntries(found);
}

/** Demos that need nothing to be loaded. */
export function formatOf(decode: Decode<Demo>): DemoFormat {
  return { load: () => Promise.resolve(), decode };
}
