/** The kinds of input that this page knows. */
import type { Decode } from "../../contract/decode.ts";
import { inputDecoder, type Input, type InputKeys } from "../../contract/input.ts";
import { KindList } from "../kind-list.ts";
import { CHECKBOX } from "./checkbox-input.ts";
import { CHECKBOXES } from "./checkboxes-input.ts";
import { DROPDOWN } from "./dropdown-input.ts";
import { NUMBER } from "./number-input.ts";
import { RADIO } from "./radio-input.ts";
import { SLIDER } from "./slider-input.ts";
import { TEXT } from "./text-input.ts";
import { TOGGLE } from "./toggle-input.ts";
import type { InputKind } from "./types.ts";
import { UNKNOWN_INPUT } from "./unknown-input.ts";

/** What most demos ask for. */
const AT_ONCE: readonly InputKind[] = [CHECKBOX, CHECKBOXES, DROPDOWN, NUMBER, RADIO, SLIDER, TEXT, TOGGLE];

const LATER: Readonly<Record<string, () => Promise<InputKind>>> = {
  audio: async () => (await import("./audio-input.ts")).AUDIO,
  code: async () => (await import("./code-input.ts")).CODE,
  color: async () => (await import("./color-input.ts")).COLOR,
  date: async () => (await import("./date-input.ts")).DATE,
  datetime: async () => (await import("./datetime-input.ts")).DATETIME,
  file: async () => (await import("./file-input.ts")).FILE,
  gallery: async () => (await import("./gallery-input.ts")).GALLERY_INPUT,
  image: async () => (await import("./image-input.ts")).IMAGE,
  json: async () => (await import("./json-input.ts")).JSON_INPUT,
  location: async () => (await import("./location-input.ts")).LOCATION,
  message: async () => (await import("./message-input.ts")).MESSAGE,
  model3d: async () => (await import("./model3d-input.ts")).MODEL3D_INPUT,
  table: async () => (await import("./table-input.ts")).TABLE_INPUT,
  time: async () => (await import("./time-input.ts")).TIME,
  video: async () => (await import("./video-input.ts")).VIDEO,
};

export const INPUT_KINDS = new KindList(AT_ONCE, LATER, UNKNOWN_INPUT);

export const decodeInput: Decode<Input> = inputDecoder(INPUT_KINDS.of);

export function kindOfInput({ type }: InputKeys): InputKind {
  return INPUT_KINDS.of(type);
}
