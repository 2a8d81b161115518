/** The kinds of output that this page can draw, as the server describes them. */
import {
  flag,
  json,
  literal,
  nullable,
  number,
  oneOf,
  otherwise,
  record,
  text,
  typeOf,
  type Decode,
  type Fields,
} from "./decode.ts";
import type { Json } from "./json.ts";

interface Common {
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  readonly streaming: boolean;
  readonly updates: "replace" | "append";
  readonly placeholder: string | null;
}

export interface TextOutput extends Common {
  readonly type: "text";
}
export interface MarkdownOutput extends Common {
  readonly type: "markdown";
}
export interface CodeOutput extends Common {
  readonly type: "code";
  readonly language: string | null;
}
export interface JsonOutput extends Common {
  readonly type: "json";
}
export interface NumberOutput extends Common {
  readonly type: "number";
  readonly unit: string | null;
  readonly precision: number | null;
}
export interface ScoresOutput extends Common {
  readonly type: "scores";
  readonly top: number | null;
}
export interface ImageOutput extends Common {
  readonly type: "image";
}
export interface TableOutput extends Common {
  readonly type: "table";
  /** What the YAML says of the columns; the names to show come with the value. */
  readonly columns: Json;
  readonly max_rows: number | null;
}
export interface ChatOutput extends Common {
  readonly type: "chat";
}
/** A kind that a newer server knows and this page does not. */
export interface UnknownOutput extends Common {
  readonly type: "unknown";
  readonly kind: string;
}

export type Output =
  | TextOutput
  | MarkdownOutput
  | CodeOutput
  | JsonOutput
  | NumberOutput
  | ScoresOutput
  | ImageOutput
  | TableOutput
  | ChatOutput
  | UnknownOutput;

const common: Fields<Common> = {
  name: text,
  label: otherwise(text, ""),
  description: nullable(text),
  streaming: otherwise(flag, true),
  updates: otherwise(oneOf<Common["updates"]>("replace", "append"), "replace"),
  placeholder: nullable(text),
};

const unknownOutput: Decode<UnknownOutput> = (value, at) => ({
  ...record<Common>(common)(value, at),
  type: "unknown",
  kind: typeOf(value),
});

const kinds: Readonly<Record<string, Decode<Output>>> = {
  text: record<TextOutput>({ ...common, type: literal("text") }),
  markdown: record<MarkdownOutput>({ ...common, type: literal("markdown") }),
  code: record<CodeOutput>({ ...common, type: literal("code"), language: nullable(text) }),
  json: record<JsonOutput>({ ...common, type: literal("json") }),
  number: record<NumberOutput>({
    ...common,
    type: literal("number"),
    unit: nullable(text),
    precision: nullable(number),
  }),
  scores: record<ScoresOutput>({ ...common, type: literal("scores"), top: nullable(number) }),
  image: record<ImageOutput>({ ...common, type: literal("image") }),
  table: record<TableOutput>({
    ...common,
    type: literal("table"),
    columns: json,
    max_rows: nullable(number),
  }),
  chat: record<ChatOutput>({ ...common, type: literal("chat") }),
};

export const output: Decode<Output> = (value, at) => {
  return (kinds[typeOf(value)] ?? unknownOutput)(value, at);
};
