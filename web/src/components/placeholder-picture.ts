/** A generated picture for a tile without a thumbnail; the same for each demo every time. */
import { html, svg, type TemplateResult } from "lit";
import { styled } from "./styled.ts";

const STREAMS = 6;
const WIDTH = 320;
const HEIGHT = 180;
/** The range of hues of the animated line, so that tiles match. */
const FIRST_HUE = 180;
const HUES = 125;

export function drawPlaceholderPicture(address: string): TemplateResult {
  const next = randomsOf(address);
  const hue = Math.round(FIRST_HUE + next() * HUES);
  const lines = Array.from({ length: STREAMS }, (_, index) => stream(index, next));
  return html`<svg
    class="thumb drawn"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    preserveAspectRatio="xMidYMid slice"
    ${styled({ "--hue": String(hue) })}
    aria-hidden="true"
  >
    ${lines}
  </svg>`;
}

function stream(index: number, next: () => number): TemplateResult {
  const base = ((index + 0.8) / (STREAMS + 0.6)) * HEIGHT;
  const swing = 12 + next() * 34;
  const phase = next() * Math.PI * 2;
  const points = Array.from({ length: 9 }, (_, at) => {
    const y = base + Math.sin(phase + (at / 8) * Math.PI * 2) * swing * (0.5 + next() / 2);
    return `${(at / 8) * WIDTH} ${y.toFixed(1)}`;
  });
  return svg`<path d="M${smooth(points)}" ${styled({ "--index": String(index) })} />`;
}

/** A smooth path through the midpoints of the points. */
function smooth(points: readonly string[]): string {
  const middles = points.slice(1, -1).map((point, index) => {
    const [x = 0, y = 0] = point.split(" ").map(Number);
    const [nextX = 0, nextY = 0] = (points[index + 2] ?? point).split(" ").map(Number);
    return `Q${point} ${(x + nextX) / 2} ${((y + nextY) / 2).toFixed(1)}`;
  });
  return `${points[0] ?? ""}${middles.join("")}T${points.at(-1) ?? ""}`;
}

/** A linear congruential generator seeded with the FNV-1a hash of the text. */
function randomsOf(text: string): () => number {
  let state = 2166136261;
  for (const sign of text) state = Math.imul(state ^ (sign.codePointAt(0) ?? 0), 16777619);
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state ^ (state >>> 15)) >>> 0) / 4294967296;
  };
}
