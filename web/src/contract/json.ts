/** What JSON can say: the only shape in which values of inputs and outputs travel. */
export type Json = null | boolean | number | string | JsonList | JsonMapping;
export type JsonList = readonly Json[];
export interface JsonMapping {
  readonly [key: string]: Json;
}

/** JSON.parse yields nothing else, so this is the one place where its answer is believed. */
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

/** Text as itself, anything else as JSON writes it. */
export function asText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
