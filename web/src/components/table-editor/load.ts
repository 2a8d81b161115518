/** Loads the fields of a table, which only demos with such an input need. */
let loading: Promise<unknown> | undefined;

export function loadTableEditor(): Promise<unknown> {
  return (loading ??= import("./table-editor.ts"));
}
