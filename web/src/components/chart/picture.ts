/** A chart's canvas as a picture to keep: with ground and legend, which the page draws around the canvas. */
import uPlot from "uplot";
import type { Look } from "./look.ts";

const ROW = 22;
const MARGIN = 12;
const KEY = 10;

export async function withLegend(
  canvas: HTMLCanvasElement,
  series: readonly { readonly name: string; readonly index: number }[],
  look: Look,
): Promise<Blob | null> {
  const scale = uPlot.pxRatio;
  const picture = document.createElement("canvas");
  const pen = picture.getContext("2d");
  if (pen === null) return null;
  pen.font = look.font;
  const width = canvas.width / scale;
  const placed = placeKeys(series, width, (name) => pen.measureText(name).width);
  const top = placed.length === 0 ? 0 : (placed.at(-1)?.top ?? 0) + ROW;
  picture.width = canvas.width;
  picture.height = canvas.height + top * scale;
  pen.scale(scale, scale);
  pen.fillStyle = look.ground();
  pen.fillRect(0, 0, width, picture.height / scale);
  pen.font = look.font;
  for (const { name, index, left, top: above } of placed) {
    pen.fillStyle = look.color(index);
    pen.fillRect(left, above + (ROW - KEY) / 2, KEY, KEY);
    pen.fillStyle = look.ink();
    pen.fillText(name, left + KEY + 6, above + ROW / 2 + 4);
  }
  pen.drawImage(canvas, 0, top, width, canvas.height / scale);
  return new Promise((resolve) => {
    picture.toBlob(resolve, "image/png");
  });
}

/** Where each name stands, in as many rows as its width needs. */
function placeKeys<T extends { readonly name: string }>(
  series: readonly T[],
  width: number,
  widthOf: (name: string) => number,
): readonly (T & { left: number; top: number })[] {
  let left = MARGIN;
  let top = MARGIN / 2;
  return series.map((each) => {
    const needed = KEY + 6 + widthOf(each.name) + MARGIN;
    if (left > MARGIN && left + needed > width) [left, top] = [MARGIN, top + ROW];
    const placed = { ...each, left, top };
    left += needed;
    return placed;
  });
}
