/** Points or boxes in a picture: set by mouse, touch and keys, and as numbers. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { flag, oneOf, text } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import { isList, type Json } from "../../contract/json.ts";
import type { InputMistake } from "../../contract/problem.ts";
import type { Readable } from "../../state/store.ts";
import { words } from "../../words.ts";
import { englishLocation, type LocationWords } from "../../words/location/en.ts";
import { icon } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import { styled } from "../styled.ts";
import { fieldGroup, labelOf } from "./field.ts";
import {
  between,
  jsonOf,
  middleOf,
  moved,
  placeIn,
  SIDES,
  within,
  type Place,
  type Shape,
  type Side,
  type Size,
} from "./place.ts";
import { readTyped } from "./typed-number.ts";
import type { InputKind, Uploads } from "./types.ts";
import "../../style/location.css";

interface LocationInput extends InputKeys {
  /** The name of an input or output with a picture, or the path of the demo's own. */
  readonly picture: string;
  readonly shape: Shape;
  readonly multiple: boolean;
}

export const KIND: InputKind<LocationInput> = {
  type: "location",
  fields: { picture: text, shape: oneOf<Shape>("point", "box"), multiple: flag },
  fits: (input, value) =>
    input.multiple
      ? isList(value) && value.every((each) => placeIn(each, input.shape) !== null)
      : value === null || placeIn(value, input.shape) !== null,
  draw: ({ input, value, mistake, change }, uploads) =>
    html`<gs-location-input
      .input=${input}
      .value=${value}
      .mistake=${mistake}
      .change=${change}
      .uploads=${uploads}
    ></gs-location-input>`,
};

/** A place that is being drawn, moved or resized; `index` is that of the place, or of the one it becomes. */
interface Drag {
  readonly index: number;
  readonly from: Place;
  readonly was: Place | null;
  readonly resizes: boolean;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Pixels that an arrow key moves a place by, with Shift and without. */
const STEPS = { far: 10, near: 1 };

class LocationInputElement extends LightElement {
  static override properties = {
    input: { attribute: false },
    value: { attribute: false },
    mistake: { attribute: false },
    size: { state: true },
    isBroken: { state: true },
    draft: { state: true },
    said: { state: true },
  };
  declare input: LocationInput;
  declare value: Json;
  declare mistake: InputMistake | undefined;
  declare change: (value: Json) => void;
  declare uploads: Uploads;
  /** Of the picture that is shown, in pixels. */
  declare size: Size | null;
  declare isBroken: boolean;
  /** The places as they are while one is dragged. */
  declare draft: readonly Place[] | null;
  /** Read aloud: where a place is now. */
  declare said: string;
  private drag: Drag | null = null;

  constructor() {
    super();
    this.size = null;
    this.isBroken = false;
    this.draft = null;
    this.said = "";
  }

  protected override watched(): readonly Readable<unknown>[] {
    return this.uploads.pictures.sources;
  }

  override render(): TemplateResult {
    const { input, value, mistake, change } = this;
    return fieldGroup(
      { input, value, mistake, change },
      html`${this.picture()}${this.fields()}
        <p class="visually-hidden" aria-live="polite">${this.said}</p>`,
    );
  }

  private get places(): readonly Place[] {
    if (this.draft !== null) return this.draft;
    const values = isList(this.value) ? this.value : [this.value];
    return values.map((each) => placeIn(each, this.input.shape)).filter((each) => each !== null);
  }

  private picture(): TemplateResult {
    const url = this.uploads.pictures.of(this.input.picture);
    if (url === null) return html`<p class="location-empty">${locationWords().noPicture}</p>`;
    return html`<div
        class="location ${this.input.shape}"
        dir="ltr"
        ?hidden=${this.isBroken}
        @pointerdown=${this.press}
        @pointermove=${this.follow}
        @pointerup=${this.release}
        @pointercancel=${this.abandon}
      >
        <img
          src=${url}
          alt=${labelOf(this.input)}
          draggable="false"
          @load=${this.measure}
          @error=${this.fail}
        />
        ${this.size === null ? nothing : this.places.map((place, index) => this.mark(place, index))}
      </div>
      ${
        this.isBroken
          ? html`<p class="mistake" role="alert">${locationWords().notLoaded}</p>`
          : html`<p class="note">${locationWords().hint[this.input.shape]}</p>`
      }`;
  }

  private mark(place: Place, index: number): TemplateResult {
    const { width, height } = this.size ?? { width: 1, height: 1 };
    const share = (part: number, whole: number): string => `${(100 * part) / whole}%`;
    // The middle of the pixel, for a point.
    const middle = this.input.shape === "point" ? 0.5 : 0;
    return html`<button
      class="place-mark"
      type="button"
      data-place=${index}
      aria-label=${`${this.nameOf(index)}: ${locationWords().coordinates[this.input.shape](place)}`}
      ${styled({
        "--x": share(place.x + middle, width),
        "--y": share(place.y + middle, height),
        "--width": share(place.width, width),
        "--height": share(place.height, height),
      })}
      @keydown=${(event: KeyboardEvent) => {
        this.steer(event, index);
      }}
    >
      ${this.input.multiple ? html`<span aria-hidden="true">${index + 1}</span>` : nothing}
      ${this.input.shape === "box" ? html`<span class="corner" data-corner></span>` : nothing}
    </button>`;
  }

  private fields(): TemplateResult {
    const { multiple } = this.input;
    const places: readonly (Place | null)[] = multiple || this.places.length > 0 ? this.places : [null];
    return html`<ol class="place-list">
        ${places.map(
          (place, index) =>
            html`<li>
              ${multiple ? html`<span class="note">${this.nameOf(index)}</span>` : nothing}
              ${SIDES[this.input.shape].map((side) => this.numberField(place, index, side))}
              ${place === null ? nothing : this.removeButton(index)}
            </li>`,
        )}
      </ol>
      ${
        multiple
          ? html`<button class="chip" type="button" @click=${this.add}>
              ${locationWords().add[this.input.shape]}
            </button>`
          : nothing
      }`;
  }

  private numberField(place: Place | null, index: number, side: Side): TemplateResult {
    const name = locationWords().sides[side];
    const size = side === "x" || side === "width" ? this.size?.width : this.size?.height;
    return html`<label
      ><span class="note">${name}</span
      ><input
        class="figure figures"
        type="number"
        min=${side === "width" || side === "height" ? 1 : 0}
        max=${size ?? nothing}
        aria-label=${this.input.multiple ? `${this.nameOf(index)}, ${name}` : nothing}
        .value=${live(place === null ? "" : String(place[side]))}
        @change=${(event: Event) => {
          this.type(event.target as HTMLInputElement, index, side);
        }}
    /></label>`;
  }

  private removeButton(index: number): TemplateResult {
    return html`<button
      class="tool"
      type="button"
      title=${words.files.remove}
      aria-label=${locationWords().remove(this.nameOf(index))}
      @click=${() => {
        this.drop(index);
      }}
    >
      ${icon("cross")}
    </button>`;
  }

  private nameOf(index: number): string {
    const { multiple, shape } = this.input;
    return multiple ? locationWords().numbered[shape](index + 1) : labelOf(this.input);
  }

  private hand(places: readonly Place[]): void {
    const { shape, multiple } = this.input;
    const values = places.map((place) => jsonOf(place, shape));
    this.draft = null;
    this.value = multiple ? values : (values[0] ?? null);
    this.change(this.value);
  }

  /** Set a place, or add one behind the last. */
  private put(index: number, place: Place): void {
    const kept = within(place, this.size, this.input.shape);
    this.said = `${this.nameOf(index)}: ${locationWords().coordinates[this.input.shape](kept)}`;
    this.hand(this.with(index, kept));
  }

  private with(index: number, place: Place): readonly Place[] {
    const { places } = this;
    return index < places.length ? places.with(index, place) : [...places, place];
  }

  private drop(index: number): void {
    this.said = "";
    this.hand(this.places.toSpliced(index, 1));
    // The button that was pressed is removed with its place.
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>("input, button.chip")?.focus();
    });
  }

  private type(target: HTMLInputElement, index: number, side: Side): void {
    const typed = readTyped(target);
    const place = this.places[index] ?? { x: 0, y: 0, width: 1, height: 1 };
    if (typed !== null) this.put(index, { ...place, [side]: Math.round(Number(typed)) });
    else this.requestUpdate();
  }

  private readonly add = (): void => {
    this.put(this.places.length, middleOf(this.size ?? { width: 1, height: 1 }));
  };

  private steer(event: KeyboardEvent, index: number): void {
    const place = this.places[index];
    if (place === undefined) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.drop(index);
      return;
    }
    const [right, down] = ARROWS[event.key] ?? [0, 0];
    if (right === 0 && down === 0) return;
    event.preventDefault();
    const step = event.shiftKey ? STEPS.far : STEPS.near;
    this.put(index, moved(place, right * step, down * step, this.size));
  }

  private readonly press = (event: PointerEvent): void => {
    if (event.button !== 0 || this.size === null) return;
    const target = event.target as HTMLElement;
    const mark = target.closest<HTMLElement>("[data-place]");
    const count = this.places.length;
    const index = mark === null ? (this.input.multiple ? count : 0) : Number(mark.dataset.place);
    const was = mark === null ? null : (this.places[index] ?? null);
    this.drag = { index, was, from: this.at(event), resizes: target.matches("[data-corner]") };
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    // The browser would drag the picture; the mark keeps the keys.
    event.preventDefault();
    mark?.focus();
  };

  private readonly follow = (event: PointerEvent): void => {
    const place = this.dragged(event);
    if (this.drag !== null && place !== null) this.draft = this.settled(this.drag.index, place);
  };

  private readonly release = (event: PointerEvent): void => {
    const place = this.dragged(event);
    const { drag } = this;
    this.abandon();
    if (drag !== null && place !== null) this.put(drag.index, place);
  };

  private readonly abandon = (): void => {
    this.drag = null;
    this.draft = null;
  };

  /** The places before the drag, with the one that is dragged. */
  private settled(index: number, place: Place): readonly Place[] {
    this.draft = null;
    return this.with(index, place);
  }

  /** The place that a drag has made so far; null for a box that has no extent yet. */
  private dragged(event: PointerEvent): Place | null {
    const { drag, size } = this;
    if (drag === null || size === null) return null;
    const { from, was, resizes } = drag;
    const now = this.at(event);
    if (was !== null && !resizes) return moved(was, now.x - from.x, now.y - from.y, size);
    if (this.input.shape === "point") return within(now, size, "point");
    const start = was ?? from;
    const isClick = was === null && now.x === from.x && now.y === from.y;
    return isClick ? null : between(start, now, size);
  }

  /** The pixel of the picture below the pointer. */
  private at({ clientX, clientY }: PointerEvent): Place {
    const { width, height } = this.size ?? { width: 1, height: 1 };
    const shown = this.querySelector("img")?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    const x = Math.floor(((clientX - shown.left) / shown.width) * width);
    const y = Math.floor(((clientY - shown.top) / shown.height) * height);
    return { x, y, width: 1, height: 1 };
  }

  private readonly measure = (event: Event): void => {
    const { naturalWidth: width, naturalHeight: height } = event.target as HTMLImageElement;
    this.isBroken = false;
    this.size = { width, height };
    // Another picture may be smaller than the one in which the places were set.
    const { places } = this;
    const inside = places.map((place) => within(place, this.size, this.input.shape));
    if (JSON.stringify(inside) !== JSON.stringify(places)) this.hand(inside);
  };

  private readonly fail = (): void => {
    this.isBroken = true;
    this.size = null;
  };
}

function locationWords(): LocationWords {
  return words.location ?? englishLocation;
}

customElements.define("gs-location-input", LocationInputElement);
