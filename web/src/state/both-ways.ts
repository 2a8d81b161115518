/**
 * Values that go both ways: what a run yields into an input, and what an output shows as an action's input.
 *
 * A file that a run has made is named as an upload is, by its run and its digest: {"file": "RUN/DIGEST"}.
 */
import { blob, readValue } from "../contract/value.ts";
import type { Input } from "../contract/input.ts";
import { isList, member, sameJson, type Json } from "../contract/json.ts";
import type { ShownValue, ShownValues } from "./shown-values.ts";
import type { TrackedRun } from "./tracked-run.ts";
import type { Values } from "./values.ts";

/** What a run made, as the value of an input. */
export function asGiven({ value, run }: ShownValue): Json {
  if (run === null) return value;
  if (isList(value) && value.length > 0 && value.every((each) => readValue(blob, each) !== null))
    return value.map((each) => asGiven({ value: each, run }));
  const file = readValue(blob, value);
  return file === null ? value : { file: `${run}/${file.blob}` };
}

/** What the outputs among these names show. */
export function handed(shown: ShownValues, names: readonly string[], inputs: readonly Input[]): Values {
  const taken = names.filter((name) => !inputs.some((input) => input.name === name));
  return Object.fromEntries(
    taken.flatMap((name): [string, Json][] => {
      const now = member(shown.values, name);
      return now === undefined ? [] : [[name, asGiven(now)]];
    }),
  );
}

/**
 * The values of the inputs that a run has filled since `before`. One that does not fit is the input's default.
 *
 * What a run wrote before the page was loaded fills only inputs that nobody has changed since.
 */
export function filledBy(
  tracked: TrackedRun,
  before: Values,
  inputs: readonly Input[],
  values: Values,
): Values {
  const { state, run, knownSeq } = tracked;
  const filled = inputs.flatMap((input): [string, Json][] => {
    const value = member(state.outputs, input.name);
    if (value === undefined || value === member(before, input.name)) return [];
    const now = member(values, input.name) ?? null;
    if (state.seq <= knownSeq && !sameJson(now, input.default)) return [];
    const given = input.takesFile ? asGiven({ value, run }) : value;
    return [[input.name, input.fits(given) ? given : input.default]];
  });
  return Object.fromEntries(filled);
}
