/** Makes values that a JSON Schema allows: as much of draft 2020-12 as `schemas/events.schema.json` uses. */
import { isList, isMapping, type Json, type JsonMapping } from "../../src/contract/json.ts";

/** As many variants as the schema's longest list of alternatives has, and one without all that may be left out. */
export function instancesOf(schema: JsonMapping): readonly JsonMapping[] {
  const variants = Array.from({ length: VARIANTS }, (_, variant) => instance(schema, variant));
  const required = isList(schema.required) ? schema.required : [];
  const all = variants.filter(isMapping);
  const least = Object.entries(all[0] ?? {}).filter(([key]) => required.includes(key));
  return [...all, Object.fromEntries(least)];
}

const VARIANTS = 6;

const SIMPLE: Readonly<Record<string, Json>> = {
  boolean: true,
  integer: 3,
  null: null,
  number: 1.5,
  string: "text",
};

function instance(schema: Json | undefined, variant: number): Json {
  if (!isMapping(schema)) throw new Error(`no schema: ${JSON.stringify(schema)}`);
  const alternatives = schema.enum ?? schema.anyOf;
  if (isList(alternatives)) {
    const chosen = alternatives[variant % alternatives.length] ?? null;
    return schema.enum === undefined ? instance(chosen, variant) : chosen;
  }
  if (isMapping(schema.properties)) {
    const entries = Object.entries(schema.properties);
    return Object.fromEntries(entries.map(([key, property]) => [key, instance(property, variant)]));
  }
  if (isList(schema.prefixItems)) return schema.prefixItems.map((item) => instance(item, variant));
  if (schema.type === "array") return [instance(schema.items, variant)];
  if (schema.type === "object") {
    const { additionalProperties } = schema;
    return { any: isMapping(additionalProperties) ? instance(additionalProperties, variant) : "value" };
  }
  // A schema without a type allows every value.
  const simple = typeof schema.type === "string" ? SIMPLE[schema.type] : "any";
  if (simple === undefined) throw new Error(`no value of this type is known: ${JSON.stringify(schema)}`);
  return simple;
}
