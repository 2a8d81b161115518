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
/** How a stream's sound is encoded; `auto` is the first that the page plays. */
export type Codec = "auto" | "flac" | "opus" | "aac";
export type DownloadFormat = "wav" | "mp3" | "flac" | "mp4";
interface Media extends Common {
  readonly codec: Codec;
  /** What a finished stream is taken away as. */
  readonly download: DownloadFormat;
  /** Play at the first fragment, whoever started the run. */
  readonly autoplay: boolean;
}
export interface AudioOutput extends Media {
  readonly type: "audio";
}
export interface VideoOutput extends Media {
  readonly type: "video";
  readonly fps: number;
}
export type MediaOutput = AudioOutput | VideoOutput;
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
  | MediaOutput
  | UnknownOutput;

const common: Fields<Common> = {
  name: text,
  label: otherwise(text, ""),
  description: nullable(text),
  streaming: otherwise(flag, true),
  updates: otherwise(oneOf<Common["updates"]>("replace", "append"), "replace"),
  placeholder: nullable(text),
};

function media(download: DownloadFormat): Fields<Media> {
  return {
    ...common,
    updates: otherwise(oneOf<Common["updates"]>("replace", "append"), "append"),
    codec: otherwise(oneOf<Codec>("auto", "flac", "opus", "aac"), "auto"),
    download: otherwise(oneOf<DownloadFormat>("wav", "mp3", "flac", "mp4"), download),
    autoplay: otherwise(flag, false),
  };
}

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
  audio: record<AudioOutput>({ ...media("wav"), type: literal("audio") }),
  video: record<VideoOutput>({ ...media("mp4"), type: literal("video"), fps: otherwise(number, 24) }),
};

export const output: Decode<Output> = (value, at) => {
  return (kinds[typeOf(value)] ?? unknownOutput)(value, at);
};
