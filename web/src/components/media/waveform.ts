/**
 * Draws the peaks of a sound as bars, on two canvases of one picture: what was played lies over the rest and is
 * cut off at the position by the stylesheet, so that playing draws nothing anew.
 */
import type { Peaks } from "../../media/peaks.ts";

const BAR_PX = 2;
const STEP_PX = 3;
/** Silence is a dot, and what has not come yet a smaller one. */
const LEAST_PX = 2;
/** Quiet sounds are seen too. */
const BEND = 0.75;

export function drawWaveform(canvas: HTMLCanvasElement, peaks: Peaks, scale_s: number): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext("2d");
  if (context === null || width === 0) return;
  fit(canvas, width, height);
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.fillStyle = getComputedStyle(canvas).color;
  const bar_s = (scale_s / width) * STEP_PX;
  const bars = Math.floor(width / STEP_PX);
  context.beginPath();
  for (let bar = 0; bar < bars; bar += 1) {
    const peak = peaks.between(bar * bar_s, (bar + 1) * bar_s);
    const tall = peak === null ? 1 : Math.max(LEAST_PX, peak ** BEND * height);
    context.roundRect(bar * STEP_PX, (height - tall) / 2, BAR_PX, tall, Math.min(1, tall / 2));
  }
  context.fill();
}

function fit(canvas: HTMLCanvasElement, width: number, height: number): void {
  const wide = Math.round(width * devicePixelRatio);
  const high = Math.round(height * devicePixelRatio);
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
}
