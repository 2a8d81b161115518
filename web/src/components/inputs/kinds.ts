/** The kinds of input that this page knows. */
import type { Decode } from "../../contract/decode.ts";
import { inputDecoder, type Input, type InputKeys } from "../../contract/input.ts";
import { AUDIO } from "./audio-input.ts";
import { CHECKBOX } from "./checkbox-input.ts";
import { CHECKBOXES } from "./checkboxes-input.ts";
import { CODE } from "./code-input.ts";
import { COLOR } from "./color-input.ts";
import { DATE } from "./date-input.ts";
import { DATETIME } from "./datetime-input.ts";
import { DROPDOWN } from "./dropdown-input.ts";
import { FILE } from "./file-input.ts";
import { IMAGE } from "./image-input.ts";
import { JSON_INPUT } from "./json-input.ts";
import { NUMBER } from "./number-input.ts";
import { RADIO } from "./radio-input.ts";
import { SLIDER } from "./slider-input.ts";
import { TABLE_INPUT } from "./table-input.ts";
import { TEXT } from "./text-input.ts";
import { TIME } from "./time-input.ts";
import { TOGGLE } from "./toggle-input.ts";
import type { InputKind } from "./types.ts";
import { UNKNOWN_INPUT } from "./unknown-input.ts";
import { VIDEO } from "./video-input.ts";

export const INPUT_KINDS: readonly InputKind[] = [
  AUDIO,
  CHECKBOX,
  CHECKBOXES,
  CODE,
  COLOR,
  DATE,
  DATETIME,
  DROPDOWN,
  FILE,
  IMAGE,
  JSON_INPUT,
  NUMBER,
  RADIO,
  SLIDER,
  TABLE_INPUT,
  TEXT,
  TIME,
  TOGGLE,
  VIDEO,
];

export const decodeInput: Decode<Input> = inputDecoder(INPUT_KINDS, UNKNOWN_INPUT);

export function kindOfInput({ type }: InputKeys): InputKind {
  return INPUT_KINDS.find((kind) => kind.type === type) ?? UNKNOWN_INPUT;
}
