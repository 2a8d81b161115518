/** What a visitor does to a component, which may start an action. */
import type { Json } from "./json.ts";

/**
 * Of what is selected: which it is among choices, rows, parts or pictures, from 0; what is there; and where: in a table
 * the row and the name of the column, in a picture the pixel. What has no meaning for a kind is left out.
 */
export type Selection = Readonly<{ index?: number; value?: Json; row?: number; column?: string | number }>;

/** `type` is what was done: `change`, `submit`, `clear`, `select` or `play`. */
export type PageEvent = Selection & Readonly<{ component: string; type: string }>;
