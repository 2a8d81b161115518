/** What is wrong with the values of inputs. */
import type { Input } from "../contract/input.ts";
import type { InputMistake } from "../contract/problem.ts";
import { words } from "../words.ts";

export interface Mistakes {
  readonly byInput: Readonly<Record<string, InputMistake>>;
  /** Shown without moving the focus: the visitor is still typing. */
  readonly isQuiet: boolean;
}

export const NO_MISTAKES: Mistakes = { byInput: {}, isQuiet: true };

export function mistakesOf(found: readonly InputMistake[], isQuiet: boolean): Mistakes {
  return { byInput: Object.fromEntries(found.map((each) => [each.input, each])), isQuiet };
}

export function without(mistakes: Mistakes, name: string): Mistakes {
  if (!(name in mistakes.byInput)) return mistakes;
  const others = Object.entries(mistakes.byInput).filter(([input]) => input !== name);
  return { byInput: Object.fromEntries(others), isQuiet: true };
}

export function requiredMistake({ name, label }: Input): InputMistake {
  return { input: name, message: words.demo.required(label === "" ? name : label), repair: null };
}
