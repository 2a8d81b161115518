/** Paints strokes on a canvas, and writes what was painted as a picture. */
import { writePicture } from "../../media-capture/picture-format.ts";
import type { Point, Stroke } from "../../state/strokes.ts";

/** The side of a drawing for which the widths of pens are meant, in pixels: others have pens in proportion. */
const USUAL_SIDE = 512;

export function proportion({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.max(width, height) / USUAL_SIDE;
}

/** Paint a stroke from its point at this index on; what comes before it is there already. */
export function paintStroke(canvas: HTMLCanvasElement, stroke: Stroke, from = 0): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.globalCompositeOperation = stroke.color === null ? "destination-out" : "source-over";
  context.strokeStyle = stroke.color ?? "#000";
  context.lineCap = "round";
  context.lineJoin = "round";
  const { points } = stroke;
  for (let index = from; index < points.length; index += 1) paintPoint(context, stroke, index);
}

/** A curve through the middles between points, whose corners are the points: it does not show where they are. */
function paintPoint(context: CanvasRenderingContext2D, { points, width }: Stroke, index: number): void {
  const point = points[index];
  if (point === undefined) return;
  const before = points[index - 1] ?? point;
  const start = index < 2 ? before : middle(points[index - 2] ?? before, before);
  const end = index === 0 ? point : middle(before, point);
  context.lineWidth = width * point.share;
  context.beginPath();
  context.moveTo(start.x, start.y);
  context.quadraticCurveTo(before.x, before.y, end.x, end.y);
  context.stroke();
}

/** Paint the last half of the way to the last point, once a stroke has ended. */
export function paintEnd(canvas: HTMLCanvasElement, stroke: Stroke): void {
  const last = stroke.points.at(-1);
  const before = stroke.points.at(-2);
  if (last === undefined || before === undefined) return;
  paintStroke(canvas, { ...stroke, points: [middle(before, last), last, last] });
}

/** Paint all anew, over what was painted elsewhere, if anything was. */
export function repaint(
  canvas: HTMLCanvasElement,
  strokes: readonly Stroke[],
  below: HTMLCanvasElement | null,
): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.globalCompositeOperation = "source-over";
  if (below !== null) context.drawImage(below, 0, 0, canvas.width, canvas.height);
  for (const stroke of strokes) {
    paintStroke(canvas, stroke);
    paintEnd(canvas, stroke);
  }
}

/** From this grey on a pixel of a mask is painted, as the server has it. */
const PAINTED = 128;

/** Read a mask, white on black, as what is painted in this colour. Rejects where it cannot be read. */
export async function readMask(
  address: string,
  { width, height }: { readonly width: number; readonly height: number },
  color: string,
): Promise<HTMLCanvasElement> {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  context.drawImage(image, 0, 0, width, height);
  const pixels = context.getImageData(0, 0, width, height);
  for (let at = 0; at < pixels.data.length; at += 4)
    pixels.data[at + 3] = (pixels.data[at] ?? 0) >= PAINTED ? 255 : 0;
  context.putImageData(pixels, 0, 0);
  context.globalCompositeOperation = "source-in";
  context.fillStyle = color;
  context.fillRect(0, 0, width, height);
  return canvas;
}

/** Write a drawing on paper of this colour. */
export function writeDrawing(canvas: HTMLCanvasElement, paper: string, type: string): Promise<Blob> {
  return writePicture(
    layered(canvas, (context) => {
      fillBehind(context, paper);
    }),
    type,
  );
}

/** Write what was painted in white on black, whatever its colour. */
export function writeMask(canvas: HTMLCanvasElement): Promise<Blob> {
  return writePicture(
    layered(canvas, (context) => {
      context.globalCompositeOperation = "source-in";
      context.fillStyle = "#fff";
      context.fillRect(0, 0, canvas.width, canvas.height);
      fillBehind(context, "#000");
    }),
    "image/png",
  );
}

function layered(
  canvas: HTMLCanvasElement,
  change: (context: CanvasRenderingContext2D) => void,
): HTMLCanvasElement {
  const { width, height } = canvas;
  const copy = Object.assign(document.createElement("canvas"), { width, height });
  const context = copy.getContext("2d");
  context?.drawImage(canvas, 0, 0);
  if (context !== null) change(context);
  return copy;
}

function fillBehind(context: CanvasRenderingContext2D, color: string): void {
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = color;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
}

function middle(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, share: other.share };
}
