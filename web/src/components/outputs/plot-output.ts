/** A figure, as the picture that the worker has drawn of it. */
import { IMAGE } from "./image-output.ts";
import type { OutputKind } from "./types.ts";

export const PLOT: OutputKind = { ...IMAGE, type: "plot" };
