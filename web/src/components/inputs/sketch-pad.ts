/**
 * A canvas to draw on, or to paint a mask on over a picture, with its tools.
 *
 *     pointer, keys --> stroke --paint--> canvas --drawn--> field, which sends it
 *
 * The canvas has a cursor for the keyboard: arrow keys move it, Space puts the pen down and lifts it.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import {
  added,
  isBlank,
  NOTHING,
  redo,
  shareOf,
  undo,
  visible,
  type Point,
  type Stroke,
  type Strokes,
} from "../../state/strokes.ts";
import { sketchWords } from "./sketch-words.ts";
import { icon, type IconName } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import { styled } from "../styled.ts";
import { paintEnd, paintStroke, proportion, repaint, writeDrawing, writeMask } from "./paint.ts";
import "../../style/sketch.css";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Writes what is drawn; null when nothing is. */
export type WriteDrawing = ((type: string) => Promise<Blob>) | null;

/** What visitors choose from where the demo names no size: square, wide, tall. */
const SIZES: readonly [Size, ...Size[]] = [
  { width: 512, height: 512 },
  { width: 768, height: 512 },
  { width: 512, height: 768 },
];
/** For a picture of the usual size, see `paint.ts`. */
const WIDEST = 96;
const PAPER = "#ffffff";
export const MASK = "#e5484d";

/** Steps of the arrow keys, in parts of the longer side. */
const STEP = { usual: 32, small: 256 };
const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

class SketchPad extends LightElement {
  static override properties = {
    name: { attribute: false },
    fixed: { attribute: false },
    picture: { attribute: false },
    below: { attribute: false },
    size: { state: true },
    strokes: { state: true },
    isEraser: { state: true },
    color: { state: true },
    width: { state: true },
    cursor: { state: true },
    isDown: { state: true },
  };
  declare name: string;
  /** The size that the drawing has; null where the visitor chooses it. */
  declare fixed: Size | null;
  /** The address of the picture on which a mask is painted; null for a drawing. */
  declare picture: string | null;
  /** What was painted before; null for nothing. */
  declare below: HTMLCanvasElement | null;
  /** Called after each change, with what writes the drawing. */
  declare drawn: (write: WriteDrawing) => void;
  declare size: Size;
  declare strokes: Strokes;
  declare isEraser: boolean;
  declare color: string;
  declare width: number;
  /** Where the keyboard draws; null until a key moves it. */
  declare cursor: { readonly x: number; readonly y: number } | null;
  /** Whether the keyboard's pen is down. */
  declare isDown: boolean;
  private stroke: Stroke | null = null;

  constructor() {
    super();
    this.below = null;
    this.strokes = NOTHING;
    this.isEraser = false;
    this.color = "#000000";
    this.width = 8;
    this.cursor = null;
    this.isDown = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("fixed")) return;
    this.size = this.fixed ?? SIZES[0];
    if (this.picture !== null) this.width = 32;
  }

  override render(): TemplateResult {
    const { size, picture } = this;
    const id = `keys-${this.name}`;
    return html`<div class="sketch-tools" role="toolbar" aria-label=${sketchWords().tools}>
        ${this.tools()}
      </div>
      <div
        class="sketch-area ${picture === null ? "" : "on-picture"}"
        ${styled({ "--shape": `${size.width} / ${size.height}`, "--wide": `${size.width}px`, "--ratio": `${size.width / size.height}` })}
      >
        ${picture === null ? nothing : html`<img src=${picture} alt="" />`}
        <canvas
          class="sketch-canvas"
          width=${size.width}
          height=${size.height}
          tabindex="0"
          role="application"
          aria-label=${picture === null ? sketchWords().canvas(this.name) : sketchWords().mask(this.name)}
          aria-describedby=${id}
          @pointerdown=${this.begin}
          @pointermove=${this.follow}
          @pointerup=${this.end}
          @pointercancel=${this.end}
          @keydown=${this.press}
          @blur=${this.lift}
        ></canvas>
        ${this.cursorMark()}
      </div>
      <span class="visually-hidden" id=${id}>${sketchWords().keys}</span>
      <span class="visually-hidden" role="status">${this.penState()}</span>`;
  }

  protected override updated(changed: PropertyValues): void {
    // A canvas whose size was set is empty.
    if (changed.has("size")) this.repaint();
  }

  private get canvas(): HTMLCanvasElement | null {
    return this.querySelector("canvas");
  }

  private penState(): string {
    if (this.cursor === null) return "";
    return this.isDown ? sketchWords().down : sketchWords().up;
  }

  private cursorMark(): unknown {
    if (this.cursor === null) return nothing;
    const { x, y } = this.cursor;
    const place = {
      "--x": `${(100 * x) / this.size.width}%`,
      "--y": `${(100 * y) / this.size.height}%`,
    };
    return html`<span
      class="sketch-cursor ${this.isDown ? "down" : ""}"
      aria-hidden="true"
      ${styled(place)}
    ></span>`;
  }

  private tools(): TemplateResult {
    const pictures = sketchWords();
    return html`${this.penButton("pencil", pictures.pen, false)}
      ${this.penButton("eraser", pictures.eraser, true)}
      ${
        this.picture === null
          ? html`<input
              class="sketch-color"
              type="color"
              title=${pictures.color}
              aria-label=${pictures.color}
              .value=${this.color}
              @input=${(event: Event) => {
                this.color = (event.target as HTMLInputElement).value;
                this.isEraser = false;
              }}
            />`
          : nothing
      }
      <input
        class="sketch-width"
        type="range"
        min="1"
        max=${WIDEST}
        ${styled({ "--at": String((this.width - 1) / (WIDEST - 1)) })}
        title=${pictures.width}
        aria-label=${pictures.width}
        .value=${String(this.width)}
        @input=${(event: Event) => {
          this.width = Number((event.target as HTMLInputElement).value);
        }}
      />
      ${this.stepButton("back", pictures.undo, this.strokes.steps.length > 0, () => undo(this.strokes))}
      ${this.stepButton("forth", pictures.redo, this.strokes.undone.length > 0, () => redo(this.strokes))}
      ${this.stepButton("bin", pictures.clear, visible(this.strokes).length > 0 || this.shownBelow !== null, () => added(this.strokes, "clear"))}
      ${this.fixed === null ? this.sizeChoice() : nothing}`;
  }

  private penButton(sign: IconName, label: string, isEraser: boolean): TemplateResult {
    return html`<button
      class="tool"
      type="button"
      title=${label}
      aria-label=${label}
      aria-pressed=${this.isEraser === isEraser ? "true" : "false"}
      @click=${() => {
        this.isEraser = isEraser;
      }}
    >
      ${icon(sign)}
    </button>`;
  }

  private stepButton(sign: IconName, label: string, can: boolean, step: () => Strokes): TemplateResult {
    // Not `disabled`: a button that is disabled while it has the focus loses it.
    return html`<button
      class="tool"
      type="button"
      title=${label}
      aria-label=${label}
      aria-disabled=${can ? "false" : "true"}
      @click=${() => {
        if (can) this.change(step());
      }}
    >
      ${icon(sign)}
    </button>`;
  }

  private sizeChoice(): TemplateResult {
    return html`<select
      class="field sketch-size"
      title=${sketchWords().size}
      aria-label=${sketchWords().size}
      @change=${(event: Event) => {
        this.size = SIZES[(event.target as HTMLSelectElement).selectedIndex] ?? this.size;
        void this.updateComplete.then(() => {
          if (!isBlank(this.strokes)) this.report();
        });
      }}
    >
      ${SIZES.map(
        (each) => html`<option ?selected=${each === this.size}>${each.width} × ${each.height}</option>`,
      )}
    </select>`;
  }

  private change(strokes: Strokes): void {
    this.strokes = strokes;
    this.repaint();
    this.report();
  }

  private repaint(): void {
    const { canvas } = this;
    if (canvas !== null) repaint(canvas, visible(this.strokes), this.shownBelow);
  }

  /** What was painted before is cleared with everything else. */
  private get shownBelow(): HTMLCanvasElement | null {
    return this.strokes.steps.includes("clear") ? null : this.below;
  }

  private report(): void {
    const { canvas, picture } = this;
    if (canvas === null) return;
    const write: WriteDrawing = (type) =>
      picture === null ? writeDrawing(canvas, PAPER, type) : writeMask(canvas);
    this.drawn(isBlank(this.strokes) && this.shownBelow === null ? null : write);
  }

  private readonly begin = (event: PointerEvent): void => {
    if (event.button !== 0 || !event.isPrimary) return;
    this.lift();
    this.cursor = null;
    this.canvas?.setPointerCapture(event.pointerId);
    this.start(this.placeOf(event));
  };

  private readonly follow = (event: PointerEvent): void => {
    if (this.stroke === null || !event.isPrimary) return;
    // Between two frames a pen sends many events, of which a page gets one.
    const all = event.getCoalescedEvents();
    this.extend((all.length === 0 ? [event] : all).map(this.placeOf));
  };

  private readonly end = (): void => {
    const { stroke, canvas } = this;
    if (stroke === null) return;
    this.stroke = null;
    if (canvas !== null) paintEnd(canvas, stroke);
    this.strokes = added(this.strokes, stroke);
    this.report();
  };

  private readonly placeOf = ({ clientX, clientY, pointerType, pressure }: PointerEvent): Point => {
    const box = this.canvas?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    const { width, height } = this.size;
    return {
      x: ((clientX - box.left) * width) / box.width,
      y: ((clientY - box.top) * height) / box.height,
      share: shareOf(pointerType, pressure),
    };
  };

  private start(point: Point): void {
    const color = this.isEraser ? null : this.picture === null ? this.color : MASK;
    this.stroke = { points: [], width: this.width * proportion(this.size), color };
    this.extend([point]);
  }

  private extend(points: readonly Point[]): void {
    const { stroke, canvas } = this;
    if (stroke === null || canvas === null) return;
    this.stroke = { ...stroke, points: [...stroke.points, ...points] };
    paintStroke(canvas, this.stroke, stroke.points.length);
  }

  private readonly press = (event: KeyboardEvent): void => {
    const way = WAYS[event.key];
    const isCommand = event.ctrlKey || event.metaKey;
    if (way !== undefined) this.move(way, event.shiftKey ? STEP.small : STEP.usual);
    else if (event.key === " ") this.toggle();
    else if (isCommand && event.key.toLowerCase() === "z")
      this.change(event.shiftKey ? redo(this.strokes) : undo(this.strokes));
    else if (isCommand && event.key.toLowerCase() === "y") this.change(redo(this.strokes));
    else return;
    event.preventDefault();
  };

  private move([right, down]: readonly [number, number], parts: number): void {
    const { width, height } = this.size;
    const step = Math.max(1, Math.max(width, height) / parts);
    const { x, y } = this.cursor ?? { x: width / 2, y: height / 2 };
    this.cursor = { x: within(x + right * step, width), y: within(y + down * step, height) };
    this.extend([{ ...this.cursor, share: 1 }]);
  }

  private toggle(): void {
    this.cursor ??= { x: this.size.width / 2, y: this.size.height / 2 };
    if (this.isDown) this.lift();
    else {
      this.isDown = true;
      this.start({ ...this.cursor, share: 1 });
    }
  }

  private readonly lift = (): void => {
    if (!this.isDown) return;
    this.isDown = false;
    this.end();
  };
}

function within(place: number, side: number): number {
  return Math.min(side, Math.max(0, place));
}

customElements.define("gs-sketch-pad", SketchPad);
