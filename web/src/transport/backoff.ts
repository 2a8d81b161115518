/** How long to wait before another attempt: doubling, bounded, and never in step with other pages. */
const FIRST_MS = 250;
const LONGEST_MS = 10_000;

export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return ceiling / 2 + (random() * ceiling) / 2;
}
