/**
 * Values that go both ways: what a run yields into an input, and what an output shows as an action's input.
 *
 * A file that a run has made is named as an upload is, by its run and its digest: {"file": "RUN/DIGEST"}. What else is
 * said of the file, such as its caption, stands beside it.
 */
import { blob, readValue } from "../contract/value.ts";
import type { Input } from "../contract/input.ts";
import { isList, isMapping, member, sameJson, type Json, type JsonMapping } from "../contract/json.ts";
import type { ShownValue, ShownValues } from "./shown-values.ts";
import type { TrackedRun } from "./tracked-run.ts";
import type { Values } from "./values.ts";

/** What a run made, as the value of an input. */
export function asGiven({ value, run }: ShownValue): Json {
  if (run === null) return value;
  const files = (isList(value) ? value : [value]).map((each) => fileOf(each, run));
  if (!files.every((each) => each !== null)) return value;
  return isList(value) ? files : (files[0] ?? null);
}

/** A file, alone or as the one file of a mapping; null for all else. */
function fileOf(value: Json, run: string): Json {
  const alone = readValue(blob, value);
  if (alone !== null) return { file: `${run}/${alone.blob}` };
  if (!isMapping(value)) return null;
  const members = Object.entries(value);
  const [[name, only] = [], ...others] = members.filter(([, each]) => readValue(blob, each) !== null);
  if (only === undefined || others.length > 0) return null;
  const beside = members.filter(([each]) => each !== name);
  return { ...(fileOf(only, run) as JsonMapping), ...Object.fromEntries(beside) };
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
