/**
 * Which inputs and outputs are shown: `show_if`, decided as on the server (`format/conditions.py`).
 *
 * All parts of a condition must hold. Where an input has no value, its default counts. A condition on an input that is
 * hidden itself does not hold. Both sides are tested with the cases in `tests/wire/rules/conditions.json`.
 */
import type { Condition } from "../contract/condition.ts";
import type { Demo } from "../contract/demo.ts";
import type { Input } from "../contract/input.ts";
import { isList, isMapping, isNumber, member, type Json } from "../contract/json.ts";
import { sectionsOf } from "./layout.ts";
import type { Values } from "./values.ts";

/** What is not shown: inputs and outputs by name, sections of the layout by their conditions. */
export interface Hidden {
  readonly inputs: ReadonlySet<string>;
  readonly outputs: ReadonlySet<string>;
  readonly sections: ReadonlySet<readonly Condition[]>;
}

export const NOTHING_HIDDEN: Hidden = { inputs: new Set(), outputs: new Set(), sections: new Set() };

const ANY = "any";

type Conditioned = Pick<Input, "name" | "default" | "show_if">;

/** What is hidden while the inputs have these values; `before` itself if that is the same. */
export function hiddenIn(
  { inputs, outputs, layout }: Pick<Demo, "inputs" | "outputs" | "layout">,
  values: Values,
  before: Hidden,
): Hidden {
  const decision = new Decision(inputs, values);
  const now = {
    inputs: new Set(inputs.filter(({ name }) => !decision.isShown(name)).map(({ name }) => name)),
    outputs: new Set(outputs.filter(({ show_if }) => !decision.allHold(show_if)).map(({ name }) => name)),
    sections: new Set(
      sectionsOf(layout)
        .map(({ show_if }) => show_if)
        .filter((each) => !decision.allHold(each)),
    ),
  };
  const isAsBefore =
    isSame(now.inputs, before.inputs) &&
    isSame(now.outputs, before.outputs) &&
    isSame(now.sections, before.sections);
  return isAsBefore ? before : now;
}

/** The inputs that decide whether others of these names are shown, and that are not among them. */
export function decidingInputs(inputs: readonly Conditioned[], names: readonly string[]): readonly string[] {
  const found = new Set(names);
  // A set's iteration reaches what is added to it on the way.
  for (const name of found)
    for (const condition of inputs.find((each) => each.name === name)?.show_if ?? [])
      for (const used of namesIn(condition)) found.add(used);
  return [...found].slice(new Set(names).size);
}

class Decision {
  private readonly inputs: ReadonlyMap<string, Conditioned>;
  private readonly decided = new Map<string, boolean>();

  constructor(
    inputs: readonly Conditioned[],
    private readonly values: Values,
  ) {
    this.inputs = new Map(inputs.map((input) => [input.name, input]));
  }

  isShown(name: string): boolean {
    const known = this.decided.get(name);
    if (known !== undefined) return known;
    const isShown = this.allHold(this.inputs.get(name)?.show_if ?? []);
    this.decided.set(name, isShown);
    return isShown;
  }

  allHold(conditions: readonly Condition[]): boolean {
    return conditions.every((condition) => this.holds(condition));
  }

  private holds(condition: Condition): boolean {
    return Object.entries(condition).every(([name, asked]) =>
      name === ANY && isList(asked)
        ? asked.some((each) => isMapping(each) && this.holds(each))
        : this.isShown(name) && isAmong(this.valueOf(name), asked),
    );
  }

  private valueOf(name: string): Json {
    return member(this.values, name) ?? this.inputs.get(name)?.default ?? null;
  }
}

function namesIn(condition: Condition): readonly string[] {
  return Object.entries(condition).flatMap(([name, asked]) =>
    name === ANY && isList(asked) ? asked.filter(isMapping).flatMap(namesIn) : [name],
  );
}

function isAmong(value: Json, asked: Json): boolean {
  if (isMapping(asked)) return isWithin(value, asked.minimum ?? null, asked.maximum ?? null);
  const wanted = isList(asked) ? asked : [asked];
  const chosen = isList(value) ? value : [value];
  return chosen.some((one) => wanted.some((each) => isSameScalar(one, each)));
}

function isWithin(value: Json, minimum: Json, maximum: Json): boolean {
  if (!isNumber(value)) return false;
  return !(isNumber(minimum) && value < minimum) && !(isNumber(maximum) && value > maximum);
}

/** Unlike `===`, the order of numbers holds for a bigint and a number too. */
function isSameScalar(one: Json, other: Json): boolean {
  return isNumber(one) && isNumber(other) ? !(one < other || one > other) : one === other;
}

function isSame<T>(one: ReadonlySet<T>, other: ReadonlySet<T>): boolean {
  return one.size === other.size && [...one].every((each) => other.has(each));
}
