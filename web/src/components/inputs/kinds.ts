/** The kinds of input that this page knows: each file `NAME-input.ts` has one, as `KIND`. */
import type { Decode } from "../../contract/decode.ts";
import { inputDecoder, type Input, type InputKeys } from "../../contract/input.ts";
import { byName, KindList } from "../kind-list.ts";
import type { InputKind } from "./types.ts";
import { UNKNOWN_INPUT } from "./unknown-input.ts";

/** What most demos ask for. */
const AT_ONCE = import.meta.glob<InputKind>(
  "./{checkbox,checkboxes,dropdown,number,radio,slider,text,toggle}-input.ts",
  { import: "KIND", eager: true },
);

const LATER = import.meta.glob<InputKind>(
  [
    "./*-input.ts",
    "!./{checkbox,checkboxes,dropdown,number,radio,slider,text,toggle}-input.ts",
    "!./{recording,unknown}-input.ts",
  ],
  { import: "KIND" },
);

export const INPUT_KINDS = new KindList(Object.values(AT_ONCE), byName(LATER), UNKNOWN_INPUT);

export const decodeInput: Decode<Input> = inputDecoder(INPUT_KINDS.of);

export function kindOfInput({ type }: InputKeys): InputKind {
  return INPUT_KINDS.of(type);
}
