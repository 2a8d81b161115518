/** Which place of x is meant: the one under the pointer, or the next one with a point. */
import type { Points } from "./points.ts";

type PlaceOf = (x: number, height: number) => { readonly left: number; readonly top: number } | null;

/** Whether any series that is shown has a point at this place. */
export function hasPoint({ series }: Points, at: number, hidden: ReadonlySet<string>): boolean {
  return series.some(({ name, heights }) => !hidden.has(name) && typeof heights[at] === "number");
}

/** The place nearest to the pointer: along x alone, or for dots in both directions. */
export function nearestPlace(
  points: Points,
  pointer: { readonly left: number; readonly top: number },
  { isFree, hidden, placeOf }: { isFree: boolean; hidden: ReadonlySet<string>; placeOf: PlaceOf },
): number | null {
  let found: number | null = null;
  let least = Infinity;
  for (const { name, heights } of points.series) {
    if (hidden.has(name)) continue;
    heights.forEach((height, at) => {
      const place = typeof height === "number" ? placeOf(points.xs[at] ?? 0, height) : null;
      if (place === null) return;
      const distance = Math.hypot(place.left - pointer.left, isFree ? place.top - pointer.top : 0);
      if (distance < least) [found, least] = [at, distance];
    });
  }
  return found;
}

/** The next place with a point, from one in a direction; the first or last one from nowhere. */
export function nextPlace(
  points: Points,
  from: number | null,
  step: 1 | -1,
  hidden: ReadonlySet<string>,
): number | null {
  let at = from ?? (step === 1 ? -1 : points.xs.length);
  do at += step;
  while (at >= 0 && at < points.xs.length && !hasPoint(points, at, hidden));
  return at >= 0 && at < points.xs.length ? at : from;
}
