/**
 * Properties that functions have changed (`gradstream.update`), laid over the demo as its file has it.
 *
 *     runs' props, the latest change last --Properties--> Demo
 *
 * They hold until the page is left. The server reads the same runs when it checks values, in the same order.
 */
import type { Condition } from "../contract/condition.ts";
import type { Demo } from "../contract/demo.ts";
import type { Input } from "../contract/input.ts";
import { member, type Json } from "../contract/json.ts";
import type { Output } from "../contract/output.ts";

type Changes = Readonly<Record<string, Json>>;
type ByComponent = Readonly<Record<string, Changes>>;

/** A condition that does not hold. */
const NEVER: readonly Condition[] = [{ any: [] }];

export class Properties {
  private readonly byRun = new Map<string, ByComponent>();

  /** The runs whose changes hold, the latest last. */
  get runs(): readonly string[] {
    return [...this.byRun.keys()];
  }

  /** Take what a run has changed so far; whether that is new. */
  take(run: string, props: ByComponent): boolean {
    if (this.byRun.get(run) === props || Object.keys(props).length === 0) return false;
    this.byRun.delete(run);
    this.byRun.set(run, props);
    this.forgetOverridden();
    return true;
  }

  clear(): void {
    this.byRun.clear();
  }

  over(demo: Demo): Demo {
    const all = this.merged();
    return {
      ...demo,
      inputs: demo.inputs.map((input) => changedInput(input, member(all, input.name))),
      outputs: demo.outputs.map((output) => changedOutput(output, member(all, output.name))),
    };
  }

  private merged(): ByComponent {
    const all: Record<string, Changes> = {};
    for (const props of this.byRun.values())
      for (const [name, changes] of Object.entries(props)) all[name] = { ...all[name], ...changes };
    return all;
  }

  /** A clock may change one property for hours: runs of which nothing holds any more are dropped. */
  private forgetOverridden(): void {
    const known = new Set<string>();
    for (const [run, props] of [...this.byRun].reverse()) {
      const keys = Object.entries(props).flatMap(([name, changes]) =>
        Object.keys(changes).map((key) => `${name} ${key}`),
      );
      if (keys.every((key) => known.has(key))) this.byRun.delete(run);
      for (const key of keys) known.add(key);
    }
  }
}

function changedInput(input: Input, changes: Changes | undefined): Input {
  if (changes === undefined) return input;
  const changed = input.changed({ ...changes, ...shownIf(changes) });
  const [fitting = changed.default] = [changed.default, null, []].filter(changed.fits);
  return { ...changed, default: fitting };
}

function changedOutput(output: Output, changes: Changes | undefined): Output {
  if (changes === undefined) return output;
  const {
    label = output.label,
    description = output.description,
    placeholder = output.placeholder,
  } = changes;
  return {
    ...output,
    label: typeof label === "string" ? label : output.label,
    description: typeof description === "string" ? description : null,
    placeholder: typeof placeholder === "string" ? placeholder : null,
    show_if: shownIf(changes).show_if ?? output.show_if,
  };
}

function shownIf({ visible }: Changes): { readonly show_if?: readonly Condition[] } {
  return typeof visible === "boolean" ? { show_if: visible ? [] : NEVER } : {};
}
