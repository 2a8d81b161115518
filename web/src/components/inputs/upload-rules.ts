/** The shared part of kinds whose value is an upload: their keys, valid values, and which files are refused. */
import { admits } from "../../contract/accept.ts";
import { list, nullable, number, text, type Decode, type Fields } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import { isMapping, type Json } from "../../contract/json.ts";
import { words } from "../../words.ts";

/** An input whose files are chosen or dropped. */
export interface ChosenInput extends InputKeys {
  /** Suffixes and media types, separated by commas; "" for all. */
  readonly accept: string;
  /** In bytes. */
  readonly max_size: number | null;
  readonly placeholder: string | null;
}

/** An input whose file may be made on the page, too. */
export interface UploadInput extends ChosenInput {
  /** In the order in which they are offered. */
  readonly sources: readonly string[];
}

/** A list, joined for the `accept` attribute. */
export const accept: Decode<string> = (value, at) => list(text)(value, at).join(",");

/** The same of a kind that takes all files where nothing is said. */
export const acceptOrAll: Decode<string> = (value, at) => nullable(list(text))(value, at)?.join(",") ?? "";

export const UPLOAD_FIELDS: Fields<Omit<UploadInput, keyof InputKeys>> = {
  accept,
  max_size: nullable(number),
  sources: list(text),
  placeholder: nullable(text),
};

export function fitsUpload(_: InputKeys, value: Json): boolean {
  return value === null || (isMapping(value) && typeof value.file === "string");
}

/** Which files a kind accepts, and the message for others. */
export interface FileRules {
  /** The pattern that all files of the kind match, such as `image/*`. */
  readonly accept: string;
  /** The media types that a file of this type is accepted as. */
  readonly typesOf: (type: string) => readonly string[];
  /** `isNarrowed` if the demo accepts only some files of the kind. */
  readonly refusal: (name: string, isNarrowed: boolean) => string;
}

/** Why the server would refuse the file; empty if it would not. */
export function objectionTo(
  file: File,
  input: Pick<ChosenInput, "accept" | "max_size">,
  rules: FileRules,
): string {
  if (input.accept !== "" && !admits(input.accept, file.name, rules.typesOf(file.type)))
    return rules.refusal(file.name, input.accept !== rules.accept);
  const most = input.max_size;
  if (most === null || file.size <= most) return "";
  return words.files.tooLarge(file.name, file.size, most);
}
