/** What a kind of input is on the page: one object in a file of its own, which `kinds.ts` finds. */
import type { TemplateResult } from "lit";
import type { Api } from "../../client/api.ts";
import type { InputFormat, InputKeys } from "../../contract/input.ts";
import type { Json } from "../../contract/json.ts";
import type { InputMistake } from "../../contract/problem.ts";
import type { Pictures } from "../../state/pictures.ts";
import type { Undo } from "../../transport/types.ts";

export interface InputKind<T extends InputKeys = InputKeys> extends InputFormat<T> {
  draw(drawing: Drawing<T>, uploads: Uploads): TemplateResult;
  /** Whether a visitor can change this value of an output; any when left out. */
  canChange?(input: T, value: Json): boolean;
  /** Draw the field of a conversation's messages; for kinds that hold one. */
  compose?(drawing: Drawing<T>, uploads: Uploads, placeholder: string): TemplateResult;
}

/** An input, its value, and what was found wrong with it. */
export interface Drawing<T extends InputKeys = InputKeys> {
  readonly input: T;
  readonly value: Json;
  readonly mistake: InputMistake | undefined;
  readonly change: (value: Json) => void;
}

/** What a kind whose value is an upload needs besides. */
export interface Uploads {
  readonly api: Pick<Api, "upload">;
  /** Where the page finds pictures that values name. */
  readonly pictures: Pick<Pictures, "addressOf" | "note" | "of" | "sourceOf" | "sources">;
  /** Runs wait for the upload. */
  readonly await: (upload: Promise<unknown>) => void;
  /** Call `finish` before a run that takes the input; it may start an upload. */
  readonly beforeRun: (input: string, finish: () => void) => Undo;
}
