import { list, nullable, number, otherwise, record, text, type Decode } from "./decode.ts";

/** Why one input does not fit. */
export interface InputMistake {
  readonly input: string;
  readonly code: string;
  readonly message: string;
  readonly expected: string | null;
  readonly found: string | null;
  readonly repair: string | null;
}

/** An RFC 9457 problem document. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string | null;
  readonly diagnostics: readonly InputMistake[];
}

const inputMistake: Decode<InputMistake> = record<InputMistake>({
  input: otherwise(text, ""),
  code: otherwise(text, ""),
  message: text,
  expected: nullable(text),
  found: nullable(text),
  repair: nullable(text),
});

export const problem: Decode<Problem> = record<Problem>({
  title: otherwise(text, "The server refused"),
  status: otherwise(number, 0),
  detail: nullable(text),
  diagnostics: otherwise(list(inputMistake), []),
});
