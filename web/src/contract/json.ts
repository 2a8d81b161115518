/**
 * JSON, the form of all values of inputs and outputs, read and written without losing anything.
 *
 * Two things that JSON says are not what JavaScript's own parser makes of them. A whole number that a double cannot
 * hold becomes a bigint. An object puts keys such as "10" first and in numerical order, so a key of that kind is
 * held with a NUL before it: `keyOf` and `heldKey` convert, and whatever reads the keys of a value uses them.
 *
 *     '{"10": 1, "2": 12345678901234567890}' --parseJson--> {"\0" + "10": 1, "\0" + "2": 12345678901234567890n}
 *                                            <--writeJson--
 *
 * Text without either is parsed and written by the browser alone.
 */
export type Json = null | boolean | number | bigint | string | JsonList | JsonMapping;
export type JsonList = readonly Json[];
export interface JsonMapping {
  readonly [key: string]: Json;
}

const NUL = "\0";
const WRITTEN_NUL = String.raw`"\u0000`;

/** What the parser might change. Apart from each other, they are found several times faster than as one pattern. */
const LONG_NUMBER = /(?:^|[^.\d])\d{16}/;
const INDEX_KEY = /"(?:0|[1-9]\d{0,9})"\s*:/;
/** The strings of a JSON text, a key with its colon, and its numbers. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const INDEX = /^(?:0|[1-9]\d{0,9})$/;
const LONG_WHOLE = /^-?\d{16,}$/;

/** JSON.parse returns nothing else, so this is the one place where its result is not checked. */
export function parseJson(text: string): Json {
  if (!isDelicate(text)) return JSON.parse(text) as Json;
  return JSON.parse(text.replace(TOKEN, mark), (_, value: unknown) => unmarked(value)) as Json;
}

/** A value as JSON text, on one line or indented by so many spaces. */
export function writeJson(value: Json, indent?: number): string {
  let text: string;
  let isMarked = false;
  try {
    text = JSON.stringify(value, null, indent);
  } catch {
    // There is a bigint in it, which JSON.stringify refuses.
    text = JSON.stringify(value, (_, part: Json) => marked(part), indent);
    isMarked = true;
  }
  if (!text.includes(WRITTEN_NUL)) return text;
  return text.replace(TOKEN, (token, colon?: string) =>
    colon === undefined && !isMarked ? token : unmark(token, colon),
  );
}

/** A mapping's key as it was sent. */
export function keyOf(held: string): string {
  return held.startsWith(NUL) ? held.slice(1) : held;
}

/** A key as mappings hold it. */
export function heldKey(key: string): string {
  return INDEX.test(key) || key.startsWith(NUL) ? NUL + key : key;
}

/** What a mapping has under a held key: never what every object inherits, such as `constructor`. */
export function member<T>(mapping: Readonly<Record<string, T>>, held: string): T | undefined {
  return Object.hasOwn(mapping, held) ? mapping[held] : undefined;
}

export function isMapping(value: unknown): value is JsonMapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is JsonList {
  return Array.isArray(value);
}

export function isNumber(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  return one !== undefined && other !== undefined && writeJson(one) === writeJson(other);
}

/** Text as it is, anything else as JSON. */
export function asText(value: Json): string {
  if (Object.is(value, -0)) return "-0";
  return typeof value === "string" ? value : writeJson(value);
}

/** Whether there may be something that the parser changes, or a text that could be taken for a mark. */
function isDelicate(text: string): boolean {
  return LONG_NUMBER.test(text) || INDEX_KEY.test(text) || text.includes(WRITTEN_NUL);
}

/** Mark, in JSON text, what the parser would change. */
function mark(token: string, colon?: string): string {
  if (!token.startsWith('"')) {
    return LONG_WHOLE.test(token) && !Number.isSafeInteger(Number(token)) ? `${WRITTEN_NUL}${token}"` : token;
  }
  const isKey = colon !== undefined;
  const isMarked = token.startsWith(WRITTEN_NUL) || (isKey && INDEX.test(contentOf(token, colon)));
  return isMarked ? WRITTEN_NUL + token.slice(1) : token;
}

/** Undo `mark` in a text: of a key, or of a value when values are marked. */
function unmark(token: string, colon?: string): string {
  if (!token.startsWith(WRITTEN_NUL)) return token;
  const rest = token.slice(WRITTEN_NUL.length);
  const isDigits = colon === undefined && /^-?\d+"$/.test(rest);
  return isDigits ? rest.slice(0, -1) : `"${rest}`;
}

function contentOf(token: string, colon: string): string {
  return token.slice(1, token.length - colon.length - 1);
}

function marked(value: Json): Json {
  if (typeof value === "bigint") return NUL + String(value);
  return typeof value === "string" && value.startsWith(NUL) ? NUL + value : value;
}

function unmarked(value: unknown): unknown {
  if (typeof value !== "string" || !value.startsWith(NUL)) return value;
  return value.startsWith(NUL, 1) ? value.slice(1) : BigInt(value.slice(1));
}
