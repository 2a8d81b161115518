/** What is wrong with the values of inputs. */
import type { Input } from "../contract/input.ts";
import { member, type Json } from "../contract/json.ts";
import type { InputMistake } from "../contract/problem.ts";
import { words } from "../words.ts";
import { brokenRule, brokenRules } from "./rules.ts";
import type { RunState } from "./run.ts";
import { missing, type Values } from "./values.ts";

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

/** The same with what is wrong with a value that a visitor is typing, if anything is. */
export function judged(mistakes: Mistakes, input: Input | undefined, value: Json): Mistakes {
  if (input === undefined) return mistakes;
  const found = brokenRule(input, value);
  const others = without(mistakes, input.name);
  return found === null ? others : { byInput: { ...others.byInput, [input.name]: found }, isQuiet: true };
}

/** What keeps an action that is given these inputs from running: empty fields that it needs, broken rules. */
export function mistakesIn(
  inputs: readonly Input[],
  names: readonly string[],
  values: Values,
  hidden: ReadonlySet<string>,
): readonly InputMistake[] {
  const absent = missing(inputs, names, values, hidden).map(requiredMistake);
  return [...absent, ...brokenRules(inputs, names, values, hidden)];
}

/** What a failed run says about inputs that are on the page. */
export function refusedInputs({ ending }: RunState, inputs: readonly Input[]): readonly InputMistake[] {
  return inputs.flatMap(({ name }) => {
    const message = member(ending?.inputs ?? {}, name);
    return message === undefined ? [] : [{ input: name, message, repair: null }];
  });
}

function requiredMistake({ name, label }: Input): InputMistake {
  return { input: name, message: words.demo.required(label === "" ? name : label), repair: null };
}
