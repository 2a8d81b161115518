/**
 * An input as the server describes it. The keys that all kinds have are decoded here, the others by the kind:
 *
 *     JSON --inputDecoder(kinds)--> Input: the keys, and what the page must know of the value without its kind
 */
import { conditions, type Condition } from "./condition.ts";
import {
  flag,
  json,
  list,
  nullable,
  number,
  record,
  text,
  typeOf,
  type Decode,
  type Fields,
} from "./decode.ts";
import type { Json } from "./json.ts";
import type { Selection } from "./page-event.ts";

export interface InputKeys {
  /** The name of the kind. */
  readonly type: string;
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  readonly required: boolean;
  readonly section: string | null;
  readonly show_if: readonly Condition[];
  /** What a value must satisfy. */
  readonly rules: readonly Rule[];
  readonly default: Json;
}

/** One thing that is asked of a value that is given; all else is null. */
export interface Rule {
  readonly min_length: number | null;
  readonly max_length: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** The source of a regular expression that the whole text matches. */
  readonly pattern: string | null;
  /** What a visitor reads where the value does not satisfy it. */
  readonly message: string;
}

/** How a link holds a value: as it is written, as JSON, or not at all. */
export type InLink = "plain" | "encoded" | "never";

export interface Input extends InputKeys {
  /** Whether a value from a link, an example or an earlier version of the demo can stay. */
  readonly fits: (value: Json) => boolean;
  /** Whether the value is an upload. */
  readonly takesFile: boolean;
  /** Whether the value is shown in its own field only. */
  readonly isSecret: boolean;
  readonly inLink: InLink;
  /** Not set where a function has locked the field. */
  readonly interactive: boolean;
  /** What was selected when the value became another one; null where nothing was. */
  readonly selected: (before: Json, value: Json) => Selection | null;
  /** What stands for a value of the demo's own; null where only words do. */
  readonly preview: (value: Json) => Preview | null;
  /** The same input with other properties. */
  readonly changed: (changes: Readonly<Record<string, unknown>>) => Input;
}

/** Files that stand for a value in small, as values of the wire name them: a picture, and what is painted on it. */
export interface Preview {
  readonly picture: Json;
  readonly mask: Json;
}

/** What a kind defines about its inputs. `T` adds the keys that only this kind has. */
export interface InputFormat<T extends InputKeys = InputKeys> {
  readonly type: string;
  /** Decoders for the kind's own keys; a common key is listed where the kind reads it differently. */
  readonly fields: Fields<Omit<T, keyof InputKeys>> & Partial<Fields<InputKeys>>;
  fits(input: T, value: Json): boolean;
  /** Set where the value is an upload. */
  readonly takesFile?: true;
  /** Whether the value must never leave its field; not when left out. */
  isSecret?(input: T): boolean;
  /** What was selected when the value became another one; nothing when left out. */
  selected?(input: T, before: Json, value: Json): Selection | null;
  /** What stands for a value of the demo's own in small; nothing when left out. */
  readonly preview?: (value: Json) => Preview | null;
  /** `encoded` when left out. Uploads and secrets are never in a link. */
  readonly inLink?: InLink;
}

const rule = record<Rule>({
  min_length: nullable(number),
  max_length: nullable(number),
  minimum: nullable(number),
  maximum: nullable(number),
  pattern: nullable(text),
  message: text,
});

const common: Fields<InputKeys> = {
  type: text,
  name: text,
  label: text,
  description: nullable(text),
  required: flag,
  section: nullable(text),
  show_if: conditions,
  rules: list(rule),
  default: json,
};

/** Decode inputs by the kind that is found for a name; one for `unknown` kinds may be found for any. */
export function inputDecoder(formatOf: (type: string) => InputFormat): Decode<Input> {
  return (value, at) => decoderOf(formatOf(typeOf(value)))(value, at);
}

function decoderOf(format: InputFormat): Decode<Input> {
  const decodeKeys = record<InputKeys>({ ...common, ...format.fields });
  const decode: Decode<Input> = (value, at) => {
    const keys = decodeKeys(value, at);
    const takesFile = format.takesFile === true;
    const isSecret = format.isSecret?.(keys) === true;
    return {
      ...keys,
      fits: (wanted) => format.fits(keys, wanted),
      takesFile,
      isSecret,
      inLink: takesFile || isSecret ? "never" : (format.inLink ?? "encoded"),
      interactive: true,
      selected: (before, now) => format.selected?.(keys, before, now) ?? null,
      preview: format.preview ?? (() => null),
      changed: (changes) => ({
        ...decode({ ...keys, ...changes }, at),
        interactive: changes.interactive !== false,
      }),
    };
  };
  return decode;
}
