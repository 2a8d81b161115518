/** The values of inputs, and the rules by which they are kept or replaced. */
import type { Input } from "../contract/input.ts";
import { isList, member, sameJson, type Json } from "../contract/json.ts";

export type Values = Readonly<Record<string, Json>>;

export function defaultsOf(inputs: readonly Input[]): Values {
  return Object.fromEntries(inputs.map((input) => [input.name, input.default]));
}

/** The wanted values that fit, and the defaults of the other inputs. */
export function fill(inputs: readonly Input[], wanted: Values): Values {
  return Object.fromEntries(
    inputs.map((input) => {
      const value = member(wanted, input.name);
      return [input.name, value !== undefined && input.fits(value) ? value : input.default];
    }),
  );
}

/** The values after a change of the demo's file: what was typed stays where name and type are the same. */
export function carry(before: readonly Input[], after: readonly Input[], values: Values): Values {
  const old = new Map(before.map((input) => [input.name, input]));
  const kept = after.filter(({ name, type }) => {
    const previous = old.get(name);
    return previous?.type === type && !sameJson(member(values, name), previous.default);
  });
  return fill(after, Object.fromEntries(kept.map(({ name }) => [name, member(values, name) ?? null])));
}

export function isMissing(value: Json | undefined): boolean {
  return value === undefined || value === null || value === "" || (isList(value) && value.length === 0);
}

/** The required inputs among `names` that are shown and empty. */
export function missing(
  inputs: readonly Input[],
  names: readonly string[],
  values: Values,
  hidden: ReadonlySet<string>,
): readonly Input[] {
  return inputs.filter(
    ({ name, required }) =>
      required && names.includes(name) && !hidden.has(name) && isMissing(member(values, name)),
  );
}

/** The inputs, those of these names as required ones. */
export function required(inputs: readonly Input[], names: readonly string[]): readonly Input[] {
  return inputs.map((input) => (names.includes(input.name) ? { ...input, required: true } : input));
}

export function pick(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(values, name)).map((name) => [name, values[name] ?? null]),
  );
}
