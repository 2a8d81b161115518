/**
 * Decoders turn what the server sends into typed values, once, at the edge.
 *
 * A decoder takes an unknown value and the place where it was found, and returns the typed value or
 * throws a Misfit that names the place. Unknown keys pass: a newer server may send more.
 */
import { isList, isMapping, keyOf, writeJson, type Json } from "./json.ts";

export type Decode<T> = (value: unknown, at: string) => T;

export class Misfit extends Error {
  constructor(at: string, expected: string, found: unknown) {
    super(`${at}: expected ${expected}, found ${describe(found)}`);
    this.name = "Misfit";
  }
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  return writeJson(value as Json).slice(0, 80);
}

export const text: Decode<string> = (value, at) => {
  if (typeof value !== "string") throw new Misfit(at, "text", value);
  return value;
};

/** A whole number that a double cannot hold is rounded. */
export const number: Decode<number> = (value, at) => {
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "number") throw new Misfit(at, "a number", value);
  return value;
};

export const flag: Decode<boolean> = (value, at) => {
  if (typeof value !== "boolean") throw new Misfit(at, "true or false", value);
  return value;
};

/** Any JSON: it came out of a JSON parser, so there is nothing left to check. */
export const json: Decode<Json> = (value) => (value === undefined ? null : (value as Json));

/** Null and an absent key mean the same to this page. */
export function nullable<T>(decode: Decode<T>): Decode<T | null> {
  return (value, at) => (value === null || value === undefined ? null : decode(value, at));
}

export function otherwise<T>(decode: Decode<T>, fallback: T): Decode<T> {
  return (value, at) => (value === null || value === undefined ? fallback : decode(value, at));
}

/** Null for a value that does not fit: for what nothing has checked before. */
export function whereFitting<T>(decode: Decode<T>): Decode<T | null> {
  return (value, at) => {
    try {
      return decode(value, at);
    } catch {
      return null;
    }
  };
}

export function list<T>(decode: Decode<T>): Decode<readonly T[]> {
  return (value, at) => {
    if (!isList(value)) throw new Misfit(at, "a list", value);
    return value.map((item, index) => decode(item, `${at}[${index}]`));
  };
}

export function mapping<T>(decode: Decode<T>): Decode<Readonly<Record<string, T>>> {
  return (value, at) => {
    if (!isMapping(value)) throw new Misfit(at, "a mapping", value);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [keyOf(key), decode(item, `${at}.${keyOf(key)}`)]),
    );
  };
}

export type Fields<T> = { readonly [K in keyof T]-?: Decode<T[K]> };

export function record<T extends object>(fields: Fields<T>): Decode<T> {
  const entries = Object.entries<Decode<unknown>>(fields as Record<string, Decode<unknown>>);
  return (value, at) => {
    if (!isMapping(value)) throw new Misfit(at, "a mapping", value);
    return Object.fromEntries(entries.map(([key, decode]) => [key, decode(value[key], `${at}.${key}`)])) as T;
  };
}

export function oneOf<T extends string>(...choices: readonly T[]): Decode<T> {
  return (value, at) => {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw new Misfit(at, choices.join(" or "), value);
    return found;
  };
}

export function literal<T extends string>(only: T): Decode<T> {
  return oneOf(only);
}

/** The value of a mapping's `type`; empty when there is none. */
export function typeOf(value: unknown): string {
  return isMapping(value) && typeof value.type === "string" ? value.type : "";
}
