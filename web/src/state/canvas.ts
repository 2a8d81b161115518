/** What each output shows. A value stays until the next run gives another. */
import type { Json } from "../contract/json.ts";

export interface Shown {
  readonly value: Json;
  /** The run that gave the value: pictures are fetched under it. Null for what the page put there itself. */
  readonly run: string | null;
}

export interface Canvas {
  readonly shown: Readonly<Record<string, Shown>>;
  /** The action whose run an output belongs to now. */
  readonly owners: Readonly<Record<string, string>>;
}

export const EMPTY_CANVAS: Canvas = { shown: {}, owners: {} };

export function claim(canvas: Canvas, action: string, outputs: readonly string[]): Canvas {
  const claimed = Object.fromEntries(outputs.map((output) => [output, action]));
  return { ...canvas, owners: { ...canvas.owners, ...claimed } };
}

/** Take over the values that the run's state has and the canvas does not. */
export function paint(
  canvas: Canvas,
  action: string,
  run: string,
  outputs: Readonly<Record<string, Json>>,
): Canvas {
  const changed = Object.entries(outputs).filter(([output, value]) => {
    const now = canvas.shown[output];
    const isOwner = (canvas.owners[output] ?? action) === action;
    return isOwner && (now?.run !== run || now.value !== value);
  });
  if (changed.length === 0) return canvas;
  const painted = changed.map(([output, value]) => [output, { value, run }] as const);
  return { ...canvas, shown: { ...canvas.shown, ...Object.fromEntries(painted) } };
}

export function put(canvas: Canvas, output: string, value: Json): Canvas {
  return { ...canvas, shown: { ...canvas.shown, [output]: { value, run: null } } };
}
