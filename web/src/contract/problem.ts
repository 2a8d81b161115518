import { list, nullable, otherwise, record, text, type Decode } from "./decode.ts";

/** Why one input does not fit. */
export interface InputMistake {
  /** Empty where a problem is not about an input. */
  readonly input: string;
  readonly message: string;
  readonly repair: string | null;
}

/** An RFC 9457 problem document. */
export interface Problem {
  readonly title: string;
  readonly detail: string | null;
  readonly diagnostics: readonly InputMistake[];
}

const inputMistake: Decode<InputMistake> = record<InputMistake>({
  input: otherwise(text, ""),
  message: text,
  repair: nullable(text),
});

export const problem: Decode<Problem> = record<Problem>({
  title: text,
  detail: nullable(text),
  diagnostics: otherwise(list(inputMistake), []),
});
