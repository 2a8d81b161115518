/** JSON, the form of all values of inputs and outputs. */
export type Json = null | boolean | number | string | JsonList | JsonMapping;
export type JsonList = readonly Json[];
export interface JsonMapping {
  readonly [key: string]: Json;
}

/** JSON.parse returns nothing else, so this is the one place where its result is not checked. */
export function parseJson(text: string): Json {
  return JSON.parse(text) as Json;
}

export function isMapping(value: unknown): value is JsonMapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is JsonList {
  return Array.isArray(value);
}

export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** Text as it is, anything else as JSON. */
export function asText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
