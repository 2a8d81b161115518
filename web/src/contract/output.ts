/**
 * An output as the server describes it. The keys that all kinds have are decoded here, the others by the kind:
 *
 *     JSON --outputDecoder(kinds)--> Output
 */
import { conditions, type Condition } from "./condition.ts";
import { flag, nullable, oneOf, record, text, typeOf, type Decode, type Fields } from "./decode.ts";

export interface Output {
  /** The name of the kind. */
  readonly type: string;
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  readonly streaming: boolean;
  readonly updates: "replace" | "append";
  readonly show_if: readonly Condition[];
  readonly placeholder: string | null;
}

/** What a kind defines about its outputs. `T` adds the keys that only this kind has. */
export interface OutputFormat<T extends Output = Output> {
  readonly type: string;
  /** Decoders for the kind's own keys; a common key is listed where the kind reads it differently. */
  readonly fields: Fields<Omit<T, keyof Output>> & Partial<Fields<Output>>;
}

const common: Fields<Output> = {
  type: text,
  name: text,
  label: text,
  description: nullable(text),
  streaming: flag,
  updates: oneOf<Output["updates"]>("replace", "append"),
  show_if: conditions,
  placeholder: nullable(text),
};

/** Decode outputs by the kind that is found for a name; one for `unknown` kinds may be found for any. */
export function outputDecoder(formatOf: (type: string) => OutputFormat): Decode<Output> {
  return (value, at) => decoderOf(formatOf(typeOf(value)))(value, at);
}

function decoderOf({ fields }: OutputFormat): Decode<Output> {
  return record<Output>({ ...common, ...fields });
}
