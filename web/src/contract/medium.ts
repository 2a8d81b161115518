/** What the browser plays and records: sound alone, or pictures with their sound. Named as its elements are. */
export type Medium = "audio" | "video";

export function hasPictures(medium: Medium): boolean {
  return medium === "video";
}
