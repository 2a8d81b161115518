/** Whose fault a failed run is, in plain words. */
const HEADS: Readonly<Record<string, string>> = {
  visitor: "The inputs do not fit",
  author: "The demo's YAML has a mistake",
  developer: "The demo's code failed",
  worker: "The demo's process ended",
  server: "The server had a problem",
  limit: "A limit was reached",
};

export function faultTitle(fault: string | null): string {
  return HEADS[fault ?? ""] ?? "The run failed";
}
