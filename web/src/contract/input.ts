/** The kinds of input that this page can draw, as the server describes them. */
import {
  flag,
  json,
  list,
  literal,
  nullable,
  number,
  otherwise,
  record,
  text,
  typeOf,
  type Decode,
  type Fields,
} from "./decode.ts";
import { asText, isMapping, type Json } from "./json.ts";

interface Common {
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  readonly required: boolean;
  readonly section: string | null;
  readonly default: Json;
}

export interface Choice {
  readonly value: Json;
  readonly label: string;
  readonly description: string | null;
}

export interface TextInput extends Common {
  readonly type: "text";
  readonly lines: number;
  readonly password: boolean;
  readonly max_length: number | null;
  readonly placeholder: string | null;
}

export interface NumberInput extends Common {
  readonly type: "number";
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly step: number | null;
  readonly integer: boolean;
  readonly placeholder: string | null;
}

export interface SliderInput extends Common {
  readonly type: "slider";
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number | null;
  readonly integer: boolean;
}

export interface CheckboxInput extends Common {
  readonly type: "checkbox";
}

export interface RadioInput extends Common {
  readonly type: "radio";
  readonly choices: readonly Choice[];
}

export interface DropdownInput extends Common {
  readonly type: "dropdown";
  readonly choices: readonly Choice[];
  readonly multiple: boolean;
  readonly allow_custom: boolean;
  readonly placeholder: string | null;
}

export interface ImageInput extends Common {
  readonly type: "image";
  readonly accept: string | null;
  readonly max_size: number | null;
  readonly sources: readonly string[];
  readonly placeholder: string | null;
}

interface RecordingInput extends Common {
  readonly accept: string | null;
  readonly max_size: number | null;
  /** Seconds. */
  readonly max_duration: number | null;
  /** What comes first is offered first. */
  readonly sources: readonly string[];
  readonly placeholder: string | null;
}

export interface AudioInput extends RecordingInput {
  readonly type: "audio";
}

export interface VideoInput extends RecordingInput {
  readonly type: "video";
}

/** A kind that a newer server knows and this page does not. */
export interface UnknownInput extends Common {
  readonly type: "unknown";
  readonly kind: string;
}

export type Input =
  | TextInput
  | NumberInput
  | SliderInput
  | CheckboxInput
  | RadioInput
  | DropdownInput
  | ImageInput
  | AudioInput
  | VideoInput
  | UnknownInput;

/** Whether the value is an upload. */
export function takesFile({ type }: Input): boolean {
  return type === "image" || type === "audio" || type === "video";
}

const common: Fields<Common> = {
  name: text,
  label: otherwise(text, ""),
  description: nullable(text),
  required: otherwise(flag, false),
  section: nullable(text),
  default: json,
};

const choice: Decode<Choice> = (value, at) => {
  if (!isMapping(value)) return { value: json(value, at), label: asText(json(value, at)), description: null };
  const shown = nullable(text)(value.label, `${at}.label`);
  return {
    value: json(value.value, at),
    label: shown ?? asText(json(value.value, at)),
    description: nullable(text)(value.description, `${at}.description`),
  };
};

/** `accept` is one string or a list of them; the browser wants them joined. */
const accept: Decode<string | null> = (value, at) =>
  Array.isArray(value) ? list(text)(value, at).join(",") : nullable(text)(value, at);

const recording: Fields<RecordingInput> = {
  ...common,
  accept,
  max_size: nullable(number),
  max_duration: nullable(number),
  sources: otherwise(list(text), ["upload"]),
  placeholder: nullable(text),
};

const unknownInput: Decode<UnknownInput> = (value, at) => ({
  ...record<Common>(common)(value, at),
  type: "unknown",
  kind: typeOf(value),
});

const kinds: Readonly<Record<string, Decode<Input>>> = {
  text: record<TextInput>({
    ...common,
    // An empty field and one that was never filled look the same, and mean the same.
    default: otherwise(json, ""),
    type: literal("text"),
    lines: otherwise(number, 1),
    password: otherwise(flag, false),
    max_length: nullable(number),
    placeholder: nullable(text),
  }),
  number: record<NumberInput>({
    ...common,
    type: literal("number"),
    minimum: nullable(number),
    maximum: nullable(number),
    step: nullable(number),
    integer: otherwise(flag, false),
    placeholder: nullable(text),
  }),
  slider: record<SliderInput>({
    ...common,
    type: literal("slider"),
    minimum: number,
    maximum: number,
    step: nullable(number),
    integer: otherwise(flag, false),
  }),
  checkbox: record<CheckboxInput>({ ...common, type: literal("checkbox") }),
  radio: record<RadioInput>({ ...common, type: literal("radio"), choices: list(choice) }),
  dropdown: record<DropdownInput>({
    ...common,
    type: literal("dropdown"),
    choices: list(choice),
    multiple: otherwise(flag, false),
    allow_custom: otherwise(flag, false),
    placeholder: nullable(text),
  }),
  image: record<ImageInput>({
    ...common,
    type: literal("image"),
    accept,
    max_size: nullable(number),
    sources: otherwise(list(text), ["upload"]),
    placeholder: nullable(text),
  }),
  audio: record<AudioInput>({ ...recording, type: literal("audio") }),
  video: record<VideoInput>({ ...recording, type: literal("video") }),
};

export const input: Decode<Input> = (value, at) => {
  return (kinds[typeOf(value)] ?? unknownInput)(value, at);
};
