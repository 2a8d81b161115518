import { json, list, mapping, type Decode } from "./decode.ts";
import type { JsonMapping } from "./json.ts";

/** When something is shown: names of inputs with what is asked of their values; see `state/conditions.ts`. */
export type Condition = JsonMapping;

/** Conditions that must all hold. */
export const conditions: Decode<readonly Condition[]> = list(mapping(json));
