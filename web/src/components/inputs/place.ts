/** Places in a picture, in its pixels: arithmetic of points and boxes, and their JSON. */
import { isMapping, isNumber, type Json } from "../../contract/json.ts";

export type Shape = "point" | "box";
export type Side = "x" | "y" | "width" | "height";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A point is a box of one pixel. */
export interface Place extends Size {
  readonly x: number;
  readonly y: number;
}

export const SIDES: Readonly<Record<Shape, readonly Side[]>> = {
  point: ["x", "y"],
  box: ["x", "y", "width", "height"],
};

/** The place that a value is; null for any other value. */
export function placeIn(value: Json, shape: Shape): Place | null {
  if (!isMapping(value) || Object.keys(value).length !== SIDES[shape].length) return null;
  const read = SIDES[shape].map((side): [Side, number] => [side, numberIn(value[side] ?? null)]);
  const isSound = read.every(([side, found]) => found >= (side === "x" || side === "y" ? 0 : 1));
  return isSound ? { x: 0, y: 0, width: 1, height: 1, ...Object.fromEntries(read) } : null;
}

/** A whole number; -1, which no place has, for all else. */
function numberIn(value: Json): number {
  const found = isNumber(value) ? Number(value) : -1;
  return Number.isInteger(found) ? found : -1;
}

export function jsonOf(place: Place, shape: Shape): Json {
  return Object.fromEntries(SIDES[shape].map((side) => [side, place[side]]));
}

/** The place, as far as it is within the picture; null for a picture of unknown size. */
export function within(place: Place, size: Size | null, shape: Shape): Place {
  const most = size ?? { width: Infinity, height: Infinity };
  const x = clamp(place.x, 0, most.width - 1);
  const y = clamp(place.y, 0, most.height - 1);
  if (shape === "point") return { x, y, width: 1, height: 1 };
  return {
    x,
    y,
    width: clamp(place.width, 1, most.width - x),
    height: clamp(place.height, 1, most.height - y),
  };
}

/** The same place elsewhere, whole within the picture. */
export function moved(place: Place, right: number, down: number, size: Size | null): Place {
  const most = size ?? { width: Infinity, height: Infinity };
  const x = clamp(place.x + right, 0, most.width - place.width);
  const y = clamp(place.y + down, 0, most.height - place.height);
  return { ...place, x, y };
}

/** The box between two pixels, both included. */
export function between(one: Place, other: Place, size: Size): Place {
  const [left, right] = ordered(one.x, other.x, size.width - 1);
  const [top, bottom] = ordered(one.y, other.y, size.height - 1);
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** A box in the middle of a picture; its upper left corner is the point that is added first. */
export function middleOf({ width, height }: Size): Place {
  const [x, y] = [Math.floor(width / 4), Math.floor(height / 4)];
  return { x, y, width: Math.max(1, Math.floor(width / 2)), height: Math.max(1, Math.floor(height / 2)) };
}

function ordered(one: number, other: number, most: number): readonly [number, number] {
  const [a, b] = [clamp(one, 0, most), clamp(other, 0, most)];
  return a < b ? [a, b] : [b, a];
}

function clamp(number: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, number));
}
