/**
 * A chart on the page: its legend, the canvas, the point that is read, and the rows as a table on demand.
 *
 * Loaded by the pages that show one. Where nothing can be drawn, the table is all.
 */
import { html, nothing, type TemplateResult } from "lit";
import type { Json } from "../../contract/json.ts";
import { readValue } from "../../contract/value.ts";
import { chartWords } from "./chart-words.ts";
import { LightElement } from "../light-element.ts";
import { styled } from "../styled.ts";
import { Drawing, type ChartKind, type Place } from "./drawing.ts";
import { Look } from "./look.ts";
import { hasPoint, nearestPlace, nextPlace } from "./near.ts";
import { withLegend } from "./picture.ts";
import { alignPoints, asRows, chart, type Chart, type Points } from "./points.ts";
import { summaryOf } from "./summary.ts";
import { heightText, placeText } from "./ticks.ts";

const EMPTY: Chart = { x: null, y: [], color: null, rows: [] };
const DAY_MS = 86_400_000;

class ChartElement extends LightElement {
  static override properties = {
    value: { attribute: false },
    kind: {},
    name: {},
    at: { state: true },
    hiddenSeries: { state: true },
    isOpen: { state: true },
  };
  declare value: Json;
  declare kind: ChartKind;
  declare name: string;
  /** The place of x whose points are read; null for none. */
  declare at: number | null;
  declare hiddenSeries: ReadonlySet<string>;
  /** Whether the rows are shown as a table. */
  declare isOpen: boolean;

  private points: Points = alignPoints(EMPTY);
  private chart = EMPTY;
  private drawing: Drawing | null = null;
  private readonly look = new Look(this);
  private readonly sizes = new ResizeObserver(() => this.drawing?.refresh());
  private readonly rootChanges = new MutationObserver(() => this.drawing?.refresh());

  constructor() {
    super();
    this.value = null;
    this.kind = "line";
    this.name = "";
    this.at = null;
    this.hiddenSeries = new Set();
    this.isOpen = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.rootChanges.observe(document.documentElement, { attributes: true });
    if (this.hasUpdated) this.requestUpdate("value");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.rootChanges.disconnect();
    this.sizes.disconnect();
    this.drawing?.remove();
    this.drawing = null;
  }

  /** The chart as a picture, on the page's ground and with its legend. */
  async picture(): Promise<Blob | null> {
    const canvas = this.drawing?.canvas ?? null;
    return canvas === null ? null : withLegend(canvas, this.shownNames(), this.look);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("value")) return;
    this.chart = readValue(chart, this.value) ?? EMPTY;
    this.points = alignPoints(this.chart);
    if (this.at !== null && !hasPoint(this.points, this.at, this.hiddenSeries)) this.at = null;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("value") && !changed.has("hiddenSeries") && !changed.has("kind")) return;
    const place = this.querySelector<HTMLElement>(".chart-canvas");
    if (place === null || !canDraw()) {
      this.isOpen = true;
      return;
    }
    if (changed.has("kind") || this.drawing === null) {
      this.drawing?.remove();
      this.drawing = new Drawing(place, this.kind, this.look);
      this.sizes.observe(place);
    }
    const { x, y } = this.chart;
    this.drawing.show(this.points, { x: x ?? "", y: y.length === 1 ? (y[0] ?? "") : "" }, this.hiddenSeries);
    if (this.at !== null) this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`${this.points.series.length > 1 ? this.legend() : nothing}
      <div
        class="chart-plot"
        dir="ltr"
        tabindex="0"
        role="img"
        aria-label=${summaryOf(this.name, this.kind, this.points)}
        @keydown=${this.turn}
        @blur=${this.leave}
        @pointermove=${this.point}
        @pointerdown=${this.point}
        @pointerleave=${this.leave}
      >
        <div class="chart-canvas"></div>
        ${this.mark()}
      </div>
      <p class="visually-hidden" aria-live="polite">${this.at === null ? "" : this.sentence(this.at)}</p>
      ${this.rows()}`;
  }

  private legend(): TemplateResult {
    return html`<ul class="chart-legend" aria-label=${chartWords().legend}>
      ${this.points.series.map(
        ({ name }, index) =>
          html`<li>
            <button
              type="button"
              aria-pressed=${String(!this.hiddenSeries.has(name))}
              @click=${() => {
                this.toggle(name);
              }}
            >
              <span class="chart-key" ${styled({ "--key": this.look.variable(index) })}></span
              ><span dir="auto">${name}</span>
            </button>
          </li>`,
      )}
    </ul>`;
  }

  /** A line, a dot for each series and their figures, at the place that is read. */
  private mark(): TemplateResult | typeof nothing {
    const { at } = this;
    if (at === null) return nothing;
    const read = this.readings(at).flatMap((reading) => {
      const place = this.drawing?.placeOf(this.points.xs[at] ?? 0, reading.height) ?? null;
      return place === null ? [] : [{ ...reading, place }];
    });
    const [first] = read;
    if (first === undefined) return nothing;
    const isRight = first.place.left > this.clientWidth / 2;
    return html`<div class="chart-line" ${styled({ left: `${first.place.left}px` })}></div>
      ${this.kind === "bar" ? nothing : read.map(({ index, place }) => html`<div class="chart-dot" ${styled(this.dotAt(index, place))}></div>`)}
      <div class="chart-tip ${isRight ? "before" : ""}" ${styled({ left: `${first.place.left}px` })}>
        <b dir="auto">${this.placeText(at)}</b>
        ${read.map(
          ({ name, index, height }) =>
            html`<span class="chart-reading">
              <span class="chart-key" ${styled({ "--key": this.look.variable(index) })}></span>
              <span dir="auto">${name}</span> <span class="figures">${heightText(height)}</span>
            </span>`,
        )}
      </div>`;
  }

  private dotAt(index: number, { left, top }: Place): Record<string, string> {
    return { left: `${left}px`, top: `${top}px`, "--key": this.look.variable(index) };
  }

  private rows(): TemplateResult {
    return html`<details
      class="chart-rows"
      .open=${this.isOpen}
      @toggle=${(event: Event) => {
        this.isOpen = (event.currentTarget as HTMLDetailsElement).open;
      }}
    >
      <summary>${chartWords().asTable}</summary>
      ${
        this.isOpen
          ? html`<gs-table-output
              .value=${asRows(this.chart, chartWords().counted)}
              .name=${this.name}
            ></gs-table-output>`
          : nothing
      }
    </details>`;
  }

  private toggle(name: string): void {
    const hidden = new Set(this.hiddenSeries);
    if (!hidden.delete(name)) hidden.add(name);
    this.hiddenSeries = hidden;
    this.at = null;
  }

  private readonly point = (event: PointerEvent): void => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const pointer = { left: event.clientX - box.left, top: event.clientY - box.top };
    const { drawing } = this;
    if (drawing === null) return;
    this.at = nearestPlace(this.points, pointer, {
      isFree: this.kind === "scatter",
      hidden: this.hiddenSeries,
      placeOf: (x, height) => drawing.placeOf(x, height),
    });
  };

  private readonly leave = (): void => {
    this.at = null;
  };

  private readonly turn = (event: KeyboardEvent): void => {
    const { points, hiddenSeries, at } = this;
    const next = {
      ArrowRight: () => nextPlace(points, at, 1, hiddenSeries),
      ArrowLeft: () => nextPlace(points, at, -1, hiddenSeries),
      Home: () => nextPlace(points, null, 1, hiddenSeries),
      End: () => nextPlace(points, null, -1, hiddenSeries),
      Escape: () => null,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.at = next();
  };

  private readings(at: number): readonly { name: string; index: number; height: number }[] {
    return this.points.series.flatMap(({ name, heights }, index) => {
      const height = heights[at];
      return typeof height === "number" && !this.hiddenSeries.has(name) ? [{ name, index, height }] : [];
    });
  }

  private sentence(at: number): string {
    const read = this.readings(at).map(({ name, height }) => `${name} ${heightText(height)}`);
    return `${this.placeText(at)}: ${read.join(", ")}`;
  }

  private placeText(at: number): string {
    const { axis, xs } = this.points;
    const isWholeDays =
      axis.type === "moments" && xs.every((x) => new Date(x).getHours() === 0 && x % (DAY_MS / 96) === 0);
    return placeText(xs[at] ?? 0, axis, isWholeDays);
  }

  private shownNames(): readonly { name: string; index: number }[] {
    const all = this.points.series.map(({ name }, index) => ({ name, index }));
    return all.length > 1 ? all.filter(({ name }) => !this.hiddenSeries.has(name)) : [];
  }
}

/** Whether this browser has a canvas at all. */
function canDraw(): boolean {
  return document.createElement("canvas").getContext("2d") !== null;
}

customElements.define("gs-chart-output", ChartElement);
