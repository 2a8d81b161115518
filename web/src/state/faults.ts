/** Whose fault a failed run is, as the title of its message. */
import { words } from "../words.ts";

export function faultTitle(fault: string | null): string {
  const titles: Readonly<Record<string, string>> = words.run.faults;
  return titles[fault ?? ""] ?? words.run.fault;
}
