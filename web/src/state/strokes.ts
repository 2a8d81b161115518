/**
 * What was drawn: strokes in order, some of which were taken back.
 *
 *     draw, clear --> steps     undo: steps --> undone     redo: undone --> steps
 */

export interface Point {
  readonly x: number;
  readonly y: number;
  /** How broad the line is here, as a share of the stroke's width. */
  readonly share: number;
}

export interface Stroke {
  readonly points: readonly Point[];
  /** In pixels of the drawing. */
  readonly width: number;
  /** Null erases. */
  readonly color: string | null;
}

type Step = Stroke | "clear";

export interface Strokes {
  readonly steps: readonly Step[];
  readonly undone: readonly Step[];
}

export const NOTHING: Strokes = { steps: [], undone: [] };

export function added({ steps }: Strokes, step: Step): Strokes {
  return { steps: [...steps, step], undone: [] };
}

export function undo({ steps, undone }: Strokes): Strokes {
  const last = steps.at(-1);
  return last === undefined ? { steps, undone } : { steps: steps.slice(0, -1), undone: [...undone, last] };
}

export function redo({ steps, undone }: Strokes): Strokes {
  const last = undone.at(-1);
  return last === undefined ? { steps, undone } : { steps: [...steps, last], undone: undone.slice(0, -1) };
}

/** The strokes that can be seen. */
export function visible({ steps }: Strokes): readonly Stroke[] {
  const shown = steps.slice(steps.lastIndexOf("clear") + 1);
  return shown.filter((step) => step !== "clear");
}

/** Whether anything was drawn that may still be there. */
export function isBlank(strokes: Strokes): boolean {
  return visible(strokes).every(({ color }) => color === null);
}

/** A pen that can be pressed draws from a third of its width to five thirds; everything else draws evenly. */
export function shareOf(pointerType: string, pressure: number): number {
  return pointerType === "pen" && pressure > 0 ? 1 / 3 + (4 / 3) * pressure : 1;
}
