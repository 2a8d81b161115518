import { diagnostic, type Diagnostic } from "./diagnostic.ts";
import {
  flag,
  json,
  list,
  mapping,
  nullable,
  number,
  oneOf,
  otherwise,
  record,
  text,
  type Decode,
} from "./decode.ts";
import type { Input } from "./input.ts";
import type { Json } from "./json.ts";
import type { Output } from "./output.ts";

export interface Live {
  readonly after_ms: number;
  readonly inputs: readonly string[];
}

export interface Action {
  readonly name: string;
  readonly button: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly live: Live | null;
  readonly every_ms: number | null;
  readonly on_open: boolean;
}

export interface Example {
  readonly label: string;
  readonly inputs: Readonly<Record<string, Json>>;
}

/** How a demo is a conversation: the output that shows it and the input that says something. */
export interface Chat {
  readonly output: string;
  readonly message: string;
}

export interface Notice {
  readonly kind: string;
  readonly text: string;
}

export interface Demo {
  readonly address: string;
  readonly title: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly author: string | null;
  readonly license: string | null;
  readonly file: string;
  readonly version: number;
  readonly revision: string;
  readonly status: "ready" | "broken";
  readonly source: string;
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  readonly actions: readonly Action[];
  readonly examples: readonly Example[];
  readonly chat: Chat | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly notice: Notice | null;
  /** The file has mistakes since: `source` and `diagnostics` show them, everything else is as it was before. */
  readonly is_stale: boolean;
}

const live: Decode<Live> = record<Live>({ after_ms: otherwise(number, 0), inputs: list(text) });

const action: Decode<Action> = record<Action>({
  name: text,
  button: otherwise(text, "Run"),
  inputs: list(text),
  outputs: list(text),
  live: nullable(live),
  every_ms: nullable(number),
  on_open: otherwise(flag, false),
});

/** Decode demos; their components are decoded by kinds that the page has. */
export function demoDecoder(input: Decode<Input>, output: Decode<Output>): Decode<Demo> {
  return record<Demo>({
    address: text,
    title: text,
    description: nullable(text),
    tags: otherwise(list(text), []),
    author: nullable(text),
    license: nullable(text),
    file: otherwise(text, ""),
    version: otherwise(number, 0),
    revision: otherwise(text, ""),
    status: oneOf<Demo["status"]>("ready", "broken"),
    source: otherwise(text, ""),
    inputs: otherwise(list(input), []),
    outputs: otherwise(list(output), []),
    actions: otherwise(list(action), []),
    examples: otherwise(list(record<Example>({ label: text, inputs: mapping(json) })), []),
    chat: nullable(record<Chat>({ output: text, message: text })),
    diagnostics: otherwise(list(diagnostic), []),
    notice: nullable(record<Notice>({ kind: text, text })),
    is_stale: otherwise(flag, false),
  });
}
