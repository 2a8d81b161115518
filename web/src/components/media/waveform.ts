/**
 * Draws peaks as bars on two canvases, one above the other: of the upper one a window shows the played part, so that
 * playback redraws nothing.
 */
import type { Peaks } from "../../media/peaks.ts";

const BAR_PX = 2;
const STEP_PX = 3;
/** The height of silence; what has not arrived yet is lower. */
const LEAST_PX = 2;
/** The exponent that makes quiet sounds visible. */
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
