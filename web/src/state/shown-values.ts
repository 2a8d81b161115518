/** What each output shows. A value stays until the next run replaces it. */
import { member, type Json } from "../contract/json.ts";

export interface ShownValue {
  readonly value: Json;
  /** The run that produced the value: its files are fetched under it. Null for a value that the page set itself. */
  readonly run: string | null;
}

export interface ShownValues {
  /** By output. */
  readonly values: Readonly<Record<string, ShownValue>>;
  /** The action whose run each output belongs to now. */
  readonly owners: Readonly<Record<string, string>>;
}

export const NOTHING_SHOWN: ShownValues = { values: {}, owners: {} };

export function assignOwner(shown: ShownValues, action: string, outputs: readonly string[]): ShownValues {
  const assigned = Object.fromEntries(outputs.map((output) => [output, action]));
  return { ...shown, owners: { ...shown.owners, ...assigned } };
}

/** Copy what has changed in the run's outputs; outputs that belong to another action's run are left alone. */
export function mergeRun(
  shown: ShownValues,
  action: string,
  run: string,
  outputs: Readonly<Record<string, Json>>,
): ShownValues {
  const changed = Object.entries(outputs).filter(([output, value]) => {
    const now = member(shown.values, output);
    const isOwner = (member(shown.owners, output) ?? action) === action;
    return isOwner && (now?.run !== run || now.value !== value);
  });
  if (changed.length === 0) return shown;
  const merged = changed.map(([output, value]) => [output, { value, run }] as const);
  return { ...shown, values: { ...shown.values, ...Object.fromEntries(merged) } };
}

export function setValue(shown: ShownValues, output: string, value: Json): ShownValues {
  return setShown(shown, output, { value, run: null });
}

export function setShown(shown: ShownValues, output: string, value: ShownValue): ShownValues {
  return { ...shown, values: { ...shown.values, [output]: value } };
}
