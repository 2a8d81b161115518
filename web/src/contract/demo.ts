import { diagnostic, type Diagnostic } from "./diagnostic.ts";
import { flag, json, list, mapping, nullable, number, oneOf, record, text, type Decode } from "./decode.ts";
import type { Input } from "./input.ts";
import { blocks, type Blocks } from "./layout.ts";
import type { Json } from "./json.ts";
import type { Output } from "./output.ts";

export interface Live {
  readonly after_ms: number;
  readonly inputs: readonly string[];
  /** Inputs without which the action does not run, even if they are not required. */
  readonly needs: readonly string[];
}

export interface Action {
  readonly name: string;
  readonly button: string;
  /** Not set where only other things start the action. */
  readonly has_button: boolean;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly live: Live | null;
  readonly every_ms: number | null;
  readonly on_open: boolean;
  /** Components that start the action, by what a visitor does to them. */
  readonly runs_on: Readonly<Record<string, readonly string[]>>;
  readonly then: Then;
  /** Actions whose runs end when this one starts. */
  readonly stops: readonly string[];
}

/** The actions that follow one, by how it ended. */
export interface Then {
  readonly succeeded: readonly string[];
  readonly failed: readonly string[];
  /** However it ended. */
  readonly ended: readonly string[];
}

export interface Example {
  readonly label: string;
  readonly inputs: Readonly<Record<string, Json>>;
}

/** The output that shows a demo's conversation, the input for its messages and the action that answers them. */
export interface Chat {
  readonly output: string;
  /** Null, as is the action, where nobody writes: buttons or the page's opening begin the conversation. */
  readonly message: string | null;
  readonly action: string | null;
  /** The words on the button that sends; null for a sign. */
  readonly button: string | null;
  /** The action that is told which answer a visitor likes or dislikes; it has no button of its own. */
  readonly like: string | null;
}

export interface Demo {
  readonly address: string;
  readonly title: string;
  readonly description: string | null;
  readonly author: string | null;
  readonly license: string | null;
  readonly file: string;
  readonly revision: string;
  readonly status: "ready" | "broken";
  readonly source: string;
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  /** For outputs that visitors can change: an input of the same name that takes what is shown. */
  readonly editors: readonly Input[];
  readonly actions: readonly Action[];
  readonly examples: readonly Example[];
  /** Whether a press of an example shows its result, from a recording if there is one. */
  readonly cache: boolean;
  readonly chat: Chat | null;
  /** What stands where; empty where the page is arranged as usual. */
  readonly layout: Blocks;
  /** Whether programs are let in by a token. */
  readonly needs_token: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** The traceback of the demo's failed import, for the developer only. */
  readonly notice: { readonly text: string } | null;
  /** The file has errors now: `source` and `diagnostics` show them, everything else is from before. */
  readonly is_stale: boolean;
}

const live: Decode<Live> = record<Live>({ after_ms: number, inputs: list(text), needs: list(text) });

const action: Decode<Action> = record<Action>({
  name: text,
  button: text,
  has_button: flag,
  inputs: list(text),
  outputs: list(text),
  live: nullable(live),
  every_ms: nullable(number),
  on_open: flag,
  runs_on: mapping(list(text)),
  then: record<Then>({ succeeded: list(text), failed: list(text), ended: list(text) }),
  stops: list(text),
});

/** How demos are read: what they need is loaded, then they are decoded. */
export interface DemoFormat {
  load(described: Json): Promise<void>;
  readonly decode: Decode<Demo>;
}

/** Decode demos; their components are decoded by kinds that the page has. */
export function demoDecoder(input: Decode<Input>, output: Decode<Output>): Decode<Demo> {
  return record<Demo>({
    address: text,
    title: text,
    description: nullable(text),
    author: nullable(text),
    license: nullable(text),
    file: text,
    revision: text,
    status: oneOf<Demo["status"]>("ready", "broken"),
    source: text,
    inputs: list(input),
    outputs: list(output),
    editors: list(input),
    actions: list(action),
    examples: list(record<Example>({ label: text, inputs: mapping(json) })),
    cache: flag,
    chat: nullable(
      record<Chat>({
        output: text,
        message: nullable(text),
        action: nullable(text),
        button: nullable(text),
        like: nullable(text),
      }),
    ),
    layout: blocks,
    needs_token: flag,
    diagnostics: list(diagnostic),
    notice: nullable(record({ text })),
    is_stale: flag,
  });
}
