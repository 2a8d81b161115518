/** The kinds of output that this page knows: each file `NAME-output.ts` has one, as `KIND`. */
import type { Decode } from "../../contract/decode.ts";
import { outputDecoder, type Output } from "../../contract/output.ts";
import { byName, KindList } from "../kind-list.ts";
import type { OutputKind } from "./types.ts";
import { UNKNOWN_OUTPUT } from "./unknown-output.ts";

/** What most demos show. */
const AT_ONCE = import.meta.glob<OutputKind>("./{image,markdown,number,text}-output.ts", {
  import: "KIND",
  eager: true,
});

const LATER = import.meta.glob<OutputKind>(
  ["./*-output.ts", "!./{image,markdown,number,text}-output.ts", "!./{media,unknown}-output.ts"],
  { import: "KIND" },
);

export const OUTPUT_KINDS = new KindList(Object.values(AT_ONCE), byName(LATER), UNKNOWN_OUTPUT);

export const decodeOutput: Decode<Output> = outputDecoder(OUTPUT_KINDS.of);

export function kindOfOutput({ type }: Output): OutputKind {
  return OUTPUT_KINDS.of(type);
}
