import { expect, test } from "vitest";
import {
  added,
  isBlank,
  NOTHING,
  redo,
  shareOf,
  undo,
  visible,
  type Stroke,
} from "../../src/state/strokes.ts";

const line = (width: number, color: string | null = "#000000"): Stroke => ({ points: [], width, color });

function widths(strokes: typeof NOTHING): readonly number[] {
  return visible(strokes).map(({ width }) => width);
}

test("strokes are taken back and drawn again in order, and a new one ends what can be drawn again", () => {
  const three = [1, 2, 3].reduce((strokes, width) => added(strokes, line(width)), NOTHING);
  expect(widths(undo(undo(three)))).toEqual([1]);
  expect(widths(redo(undo(undo(three))))).toEqual([1, 2]);
  const other = added(undo(three), line(4));
  expect([widths(other), widths(redo(other))]).toEqual([
    [1, 2, 4],
    [1, 2, 4],
  ]);
});

test("nothing is taken back where nothing was drawn", () => {
  expect([undo(NOTHING), redo(NOTHING)]).toEqual([NOTHING, NOTHING]);
});

test("what was cleared comes back as a whole", () => {
  const cleared = added(added(added(NOTHING, line(1)), line(2)), "clear");
  expect(widths(cleared)).toEqual([]);
  expect(widths(undo(cleared))).toEqual([1, 2]);
  expect(widths(added(cleared, line(3)))).toEqual([3]);
});

test("a drawing that was only erased is blank", () => {
  expect(isBlank(NOTHING)).toBe(true);
  expect(isBlank(added(NOTHING, line(1, null)))).toBe(true);
  expect(isBlank(added(NOTHING, line(1)))).toBe(false);
});

test("only a pen that feels pressure draws lines of several widths", () => {
  expect([shareOf("mouse", 0.5), shareOf("touch", 1), shareOf("pen", 0)]).toEqual([1, 1, 1]);
  expect(shareOf("pen", 0.1)).toBeLessThan(shareOf("pen", 0.9));
});
