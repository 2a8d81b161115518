/** Two handles on one line that trim a clip; each is a native slider, so that keys work. */
import { html, nothing, type TemplateResult } from "lit";
import {
  clockTime,
  endOf,
  isAll,
  moveEnd,
  moveStart,
  stepOf,
  type Line,
  type Trim,
} from "../../state/trim.ts";
import { words } from "../../words.ts";
import { clipWords } from "./clip-words.ts";
import { styled } from "../styled.ts";

export interface TrimDrawing {
  /** The input's label. */
  readonly name: string;
  readonly line: Line;
  readonly trim: Trim;
  /** Called while a handle moves; `atS` is its position. */
  readonly moved: (trim: Trim, atS: number) => void;
  /** Called when it is released. */
  readonly rested: () => void;
  readonly reset: () => void;
}

export function drawTrim(drawing: TrimDrawing): TemplateResult {
  const { line, trim } = drawing;
  const { lengthS } = line;
  const endS = endOf(trim, lengthS);
  const share = (timeS: number): string => (timeS / lengthS).toFixed(4);
  return html`<div class="trim" ${styled({ "--from": share(trim.startS), "--to": share(endS) })}>
    <div class="trim-line">
      ${drawHandle(drawing, "start", trim.startS, moveStart)} ${drawHandle(drawing, "end", endS, moveEnd)}
    </div>
    <p class="trim-note figures">
      <span>${clockTime(trim.startS, lengthS)} – ${clockTime(endS, lengthS)}</span>
      <span class="trim-length">${words.figures.length(endS - trim.startS)}</span>
      ${
        isWhole(drawing)
          ? nothing
          : html`<button class="small" type="button" @click=${drawing.reset}>
              ${line.longestS === null || line.lengthS <= line.longestS ? clipWords().takeAll : clipWords().fromBeginning}
            </button>`
      }
    </p>
  </div>`;
}

function isWhole({ trim, line }: TrimDrawing): boolean {
  const isBound = line.longestS !== null && line.lengthS > line.longestS;
  return isBound ? trim.startS === 0 && trim.endS === line.longestS : isAll(trim);
}

function drawHandle(
  { name, line, trim, moved, rested }: TrimDrawing,
  side: "start" | "end",
  atS: number,
  move: typeof moveStart,
): TemplateResult {
  const slide = (event: Event): void => {
    const handle = event.target as HTMLInputElement;
    const next = move(trim, Number(handle.value), line);
    const nowS = side === "start" ? next.startS : endOf(next, line.lengthS);
    // A handle at its limit stays there.
    handle.value = String(nowS);
    moved(next, nowS);
  };
  return html`<input
    type="range"
    min="0"
    max=${line.lengthS}
    step=${stepOf(line.lengthS)}
    .value=${String(atS)}
    aria-label=${clipWords()[side](name)}
    aria-valuetext=${clockTime(atS, line.lengthS)}
    @input=${slide}
    @change=${rested}
  />`;
}
