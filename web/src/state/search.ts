/** Finds demos by words and by tag. */
import type { Entry } from "../contract/catalog.ts";

/** Every word must match; matches in the title come first. */
export function search(demos: readonly Entry[], query: string, tag: string | null): readonly Entry[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const found = demos
    .filter(({ tags }) => tag === null || tags.includes(tag))
    .filter((demo) => words.every((word) => hay(demo).includes(word)));
  if (words.length === 0) return found;
  const rank = ({ title }: Entry): number =>
    words.every((word) => title.toLowerCase().includes(word)) ? 0 : 1;
  return found.toSorted((one, other) => rank(one) - rank(other));
}

function hay({ title, description, address, tags }: Entry): string {
  return [title, description ?? "", address, ...tags].join(" ").toLowerCase();
}

/** Tags with their number of demos, the most frequent first. */
export function tagCounts(demos: readonly Entry[]): readonly (readonly [tag: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { tags } of demos) for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].toSorted(([one, many], [other, more]) => more - many || one.localeCompare(other));
}
