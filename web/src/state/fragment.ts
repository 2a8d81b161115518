/** Inputs in the address's fragment, so that a link opens the same state; never passwords or files. */
import type { Input } from "../contract/input.ts";
import { asText, member, parseJson, sameJson, writeJson, type Json } from "../contract/json.ts";
import type { Values } from "./values.ts";

/** Longer addresses break in mail programs and in the logs of proxies. */
export const LONGEST_FRAGMENT = 2048;

export function isShareable({ inLink }: Input): boolean {
  return inLink !== "never";
}

/** Only what differs from the default is written; text as itself, everything else as JSON. */
export function writeFragment(inputs: readonly Input[], values: Values): string {
  const parameters = new URLSearchParams();
  for (const input of inputs.filter(isShareable)) {
    const value = member(values, input.name) ?? null;
    if (sameJson(value, input.default)) continue;
    parameters.set(input.name, input.inLink === "plain" ? asText(value) : writeJson(value));
  }
  return parameters.toString();
}

export function readFragment(inputs: readonly Input[], fragment: string): Values {
  const parameters = new URLSearchParams(fragment);
  return Object.fromEntries(
    inputs.filter(isShareable).flatMap((input) => {
      const written = parameters.get(input.name);
      return written === null ? [] : [[input.name, readOne(input, written)] as const];
    }),
  );
}

function readOne(input: Input, written: string): Json {
  if (input.inLink === "plain") return written;
  try {
    return parseJson(written);
  } catch {
    // A hand-written link: the bare word is the value, and `fill` drops it if it does not fit.
    return written;
  }
}
