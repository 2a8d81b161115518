/** Whose fault a failed run is, as the title of its message. */
import { words } from "../words.ts";

const TITLES: Readonly<Record<string, string>> = words.run.faults;

export function faultTitle(fault: string | null): string {
  return TITLES[fault ?? ""] ?? words.run.fault;
}
