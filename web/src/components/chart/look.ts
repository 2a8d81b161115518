/** The colours of a chart, which are the page's own: a canvas needs them as numbers, in whichever theme. */
import type { Look as DrawingLook } from "./drawing.ts";

/** So many colours are in `chart.css`; further series have them again, with a dashed line. */
const COLORS = 8;

export class Look implements DrawingLook {
  readonly font = `12px ui-sans-serif, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif`;

  constructor(private readonly element: HTMLElement) {}

  /** The name of a series' colour in CSS. */
  variable(index: number): string {
    return `var(--chart-${(index % COLORS) + 1})`;
  }

  readonly color = (index: number): string => this.resolve(this.variable(index));
  readonly ink = (): string => this.resolve("var(--soft)");
  readonly grid = (): string => this.resolve("var(--line)");
  readonly ground = (): string => this.resolve("var(--card)");

  private resolve(color: string): string {
    const { style } = this.element;
    style.setProperty("outline-color", color);
    const resolved = getComputedStyle(this.element).outlineColor;
    style.removeProperty("outline-color");
    return resolved;
  }
}
