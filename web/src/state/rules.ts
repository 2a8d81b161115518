/**
 * What the `rules` of an input ask of its values, decided as on the server (`format/value_rules.py`).
 *
 * A value that is not given satisfies all rules. Both sides are tested with the cases in
 * `tests/wire/rules/values.json`.
 */
import type { Input, Rule } from "../contract/input.ts";
import { isList, isNumber, member, type Json } from "../contract/json.ts";
import type { InputMistake } from "../contract/problem.ts";
import { isMissing, type Values } from "./values.ts";

/** Characters of a text that can match a pattern; the server compares no longer one either. */
const MOST_MATCHED = 10_000;

type Ruled = Pick<Input, "name" | "rules">;

/** What is wrong with the values of these inputs, one mistake for each. */
export function brokenRules(
  inputs: readonly Ruled[],
  names: readonly string[],
  values: Values,
  hidden: ReadonlySet<string>,
): readonly InputMistake[] {
  return inputs
    .filter(({ name }) => names.includes(name) && !hidden.has(name))
    .flatMap((input) => brokenRule(input, member(values, input.name) ?? null) ?? []);
}

/** The first rule that a value does not satisfy, as a mistake; null if it satisfies all. */
export function brokenRule({ name, rules }: Ruled, value: Json): InputMistake | null {
  if (isMissing(value)) return null;
  const broken = rules.find((rule) => !holds(value, rule));
  return broken === undefined ? null : { input: name, message: broken.message, repair: null };
}

function holds(value: Json, rule: Rule): boolean {
  const { min_length, max_length } = rule;
  if (typeof value === "string" || isList(value)) {
    // Code points, as the server counts.
    const length = typeof value === "string" ? Array.from(value).length : value.length;
    if (length < (min_length ?? 0) || length > (max_length ?? Infinity)) return false;
  }
  return (isList(value) ? value : [value]).every((one) => holdsForOne(one, rule));
}

function holdsForOne(value: Json, { pattern, minimum, maximum }: Rule): boolean {
  if (typeof value === "string") return pattern === null || isMatch(value, pattern);
  if (!isNumber(value)) return true;
  return !(minimum !== null && value < minimum) && !(maximum !== null && value > maximum);
}

function isMatch(value: string, pattern: string): boolean {
  return Array.from(value).length <= MOST_MATCHED && new RegExp(`^(?:${pattern})$`, "u").test(value);
}
