/** Why a 3D model is not shown: each reason has its words. */
import type { ModelWords } from "../../words/models/en.ts";

export type Trouble = keyof ModelWords["trouble"];

export class ModelError extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble);
  }
}
