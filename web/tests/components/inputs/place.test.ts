import { expect, test } from "vitest";
import {
  between,
  middleOf,
  moved,
  placeIn,
  within,
  type Place,
} from "../../../src/components/inputs/place.ts";

const SIZE = { width: 100, height: 50 };

function box(x: number, y: number, width = 1, height = 1): Place {
  return { x, y, width, height };
}

test("a place is whole numbers of its shape, and nothing else", () => {
  expect(placeIn({ x: 3, y: 4 }, "point")).toEqual(box(3, 4));
  expect(placeIn({ x: 3, y: 4, width: 5, height: 6 }, "box")).toEqual(box(3, 4, 5, 6));
  const others = [null, "3,4", { x: 3 }, { x: 3, y: "4" }, { x: -1, y: 4 }, { x: 0.5, y: 4 }];
  expect(others.map((each) => placeIn(each, "point"))).toEqual(others.map(() => null));
  expect(placeIn({ x: 3, y: 4, width: 0, height: 6 }, "box")).toBeNull();
});

test("what is outside of the picture is moved or cut to its edge", () => {
  expect(within(box(120, -3), SIZE, "point")).toEqual(box(99, 0));
  expect(within(box(90, 40, 30, 30), SIZE, "box")).toEqual(box(90, 40, 10, 10));
  expect(within(box(120, 3), null, "point")).toEqual(box(120, 3));
});

test("a place that is moved stays whole", () => {
  expect(moved(box(10, 10, 30, 20), -20, 5, SIZE)).toEqual(box(0, 15, 30, 20));
  expect(moved(box(10, 10, 30, 20), 500, 500, SIZE)).toEqual(box(70, 30, 30, 20));
});

test("a box is drawn in any direction, with both its corners", () => {
  expect(between(box(20, 30), box(10, 10), SIZE)).toEqual(box(10, 10, 11, 21));
  expect(between(box(20, 30), box(500, -5), SIZE)).toEqual(box(20, 0, 80, 31));
  expect(middleOf(SIZE)).toEqual(box(25, 12, 50, 25));
});
