/**
 * Inputs and runs in the address's fragment, so that a link opens the same state; never passwords or files.
 *
 *     #steps=7&prompt=a%20cat&run=ID,ID
 *
 * An input that is itself called `run` is written as `inputs.run`.
 */
import type { Input } from "../contract/input.ts";
import { asText, member, parseJson, sameJson, writeJson, type Json } from "../contract/json.ts";
import type { Values } from "./values.ts";

/** Longer addresses break in mail programs and in the logs of proxies. */
export const LONGEST_FRAGMENT = 2048;

export function isShareable({ inLink }: Input): boolean {
  return inLink !== "never";
}

const RUN = "run";
const ID = /^[0-9A-Za-z_-]{1,64}$/;

function keyOf({ name }: Input): string {
  return name === RUN ? `inputs.${name}` : name;
}

/** A fragment in two: what says something of inputs, and what says which runs are shown. */
export function splitFragment(hash: string): { readonly inputs: string; readonly runs: string } {
  const parts = hash.replace(/^#/, "").split("&");
  const isRun = (part: string): boolean => part.startsWith(`${RUN}=`);
  return {
    inputs: parts.filter((part) => !isRun(part)).join("&"),
    runs: parts.find(isRun)?.slice(RUN.length + 1) ?? "",
  };
}

export function joinFragment(inputs: string, runs: readonly string[]): string {
  const shown = runs.length === 0 ? "" : `${RUN}=${runs.join(",")}`;
  return [inputs, shown].filter((part) => part !== "").join("&");
}

/** What is no id of a run is passed over: a link may have been cut or changed on its way. */
export function readRuns(hash: string): readonly string[] {
  const written = splitFragment(hash).runs.split(/,|%2C/i);
  return [...new Set(written)].filter((run) => ID.test(run));
}

/** Only what differs from the default is written; text as itself, everything else as JSON. */
export function writeFragment(inputs: readonly Input[], values: Values): string {
  const parameters = new URLSearchParams();
  for (const input of inputs.filter(isShareable)) {
    const value = member(values, input.name) ?? null;
    if (sameJson(value, input.default)) continue;
    parameters.set(keyOf(input), input.inLink === "plain" ? asText(value) : writeJson(value));
  }
  return parameters.toString();
}

export function readFragment(inputs: readonly Input[], fragment: string): Values {
  const parameters = new URLSearchParams(fragment);
  return Object.fromEntries(
    inputs.filter(isShareable).flatMap((input) => {
      const written = parameters.get(keyOf(input));
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
