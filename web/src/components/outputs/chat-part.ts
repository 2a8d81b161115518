/**
 * A part of a message that is not text, drawn by the kind of output that shows such values, once it is near the view.
 *
 *     {"blob", "mime": "image/…"} | {"columns", "rows"} | … --kindOf--> kind, loaded --draw--> element
 */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { isList, isMapping, isNumber, type Json } from "../../contract/json.ts";
import type { Output } from "../../contract/output.ts";
import type { PlaybackStats } from "../../media/playback-stats.ts";
import type { MediaOutput, Showing } from "../../state/playback.ts";
import { NOTHING_SHOWN, setShown, type ShownValues } from "../../state/shown-values.ts";
import { Store } from "../../state/store.ts";
import { LightElement } from "../light-element.ts";
import { styled } from "../styled.ts";
import { drawValue } from "./draw-value.ts";
import { KIND as IMAGE } from "./image-output.ts";
import type { OutputKind } from "./types.ts";

/** The kinds that draw parts; the type of a file begins with the first of these words. */
const KINDS = {
  image: () => Promise.resolve(IMAGE),
  audio: async () => (await import("./audio-output.ts")).KIND,
  video: async () => (await import("./video-output.ts")).KIND,
  table: async () => (await import("./table-output.ts")).KIND,
  file: async () => (await import("./file-output.ts")).KIND,
} satisfies Record<string, () => Promise<OutputKind>>;

export type PartKind = keyof typeof KINDS;

/** A part is drawn when it is so near to the view. */
const NEAR = "800px";

/** The name of the kind that draws a part; null for what is shown as JSON. */
export function kindOfPart(part: Json): PartKind | null {
  if (!isMapping(part)) return null;
  if (isList(part.columns) && isList(part.rows)) return "table";
  if (typeof part.blob !== "string" || typeof part.mime !== "string") return null;
  const [medium = ""] = part.mime.split("/");
  return isKind(medium) ? medium : "file";
}

function isKind(name: string): name is PartKind {
  return Object.hasOwn(KINDS, name);
}

class ChatPart extends LightElement implements Showing {
  static override properties = {
    value: { attribute: false },
    run: { attribute: false },
    name: {},
    kind: { state: true },
    isNear: { state: true },
  };
  declare value: Json;
  declare run: string | null;
  declare name: string;
  declare kind: OutputKind | null;
  declare isNear: boolean;
  readonly shown = new Store<ShownValues>(NOTHING_SHOWN);
  readonly tracked = new Store<null>(null);
  readonly isDisconnected = new Store(false);
  private readonly stats = new Store<PlaybackStats | null>(null);
  private observer: IntersectionObserver | null = null;
  /** The kind that is loaded or being loaded. */
  private wanted: PartKind | null = null;

  constructor() {
    super();
    this.value = null;
    this.run = null;
    this.name = "";
    this.kind = null;
    this.isNear = false;
  }

  /** No run is followed here: what a part plays is whole. */
  trackedRun(): undefined {
    return undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.isNear) return;
    this.observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) this.approach();
      },
      { rootMargin: NEAR },
    );
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("value") && !changed.has("run") && !changed.has("name")) return;
    this.shown.set(setShown(NOTHING_SHOWN, this.output.name, { value: this.given, run: this.run }));
    if (this.isNear) void this.load();
  }

  override render(): TemplateResult {
    const { kind, output, run, stats } = this;
    if (kind === null) return html`<div class="part-place" ${styled(placeOf(this.value))}></div>`;
    const drawing = {
      output,
      value: this.given,
      run,
      isActive: false,
      tracked: undefined,
      runner: this,
      // Of a conversation nothing is selected.
      select: null,
      picture: null,
      stats,
    };
    return html`<div class="part part-${output.type}">${drawValue(kind, drawing)}</div>
      <div class="part-tools">${kind.tools?.(drawing) ?? nothing}</div>`;
  }

  private approach(): void {
    this.isNear = true;
    this.observer?.disconnect();
    void this.load();
  }

  private async load(): Promise<void> {
    const wanted = kindOfPart(this.value);
    if (wanted === this.wanted || wanted === null) return;
    this.wanted = wanted;
    try {
      const kind = await KINDS[wanted]();
      if (this.wanted === wanted) this.kind = kind;
    } catch (reason) {
      // It is loaded again when the message is drawn again.
      this.wanted = null;
      console.error("gradstream: a part of the page could not be loaded", reason);
    }
  }

  /** The value as its kind has it: a list of files. */
  private get given(): Json {
    return kindOfPart(this.value) === "file" ? [this.value] : this.value;
  }

  /** What stands for the output: a part has no keys of its own. */
  private get output(): Output & Partial<MediaOutput> {
    const { name } = this;
    return {
      type: (kindOfPart(this.value) ?? "") as MediaOutput["type"],
      name: name.replace(/\.\w+$/, ""),
      label: name,
      description: null,
      streaming: false,
      updates: "replace",
      show_if: [],
      placeholder: null,
      codec: "auto",
      download: "wav",
      autoplay: false,
    };
  }
}

/** The place of a picture before it is drawn, so that nothing moves. */
function placeOf(value: Json): Readonly<Record<string, string>> {
  if (!isMapping(value) || !isNumber(value.width) || !isNumber(value.height)) return {};
  const [width, height] = [Number(value.width), Number(value.height)];
  return { "inline-size": `${width}px`, "aspect-ratio": `${width} / ${height}` };
}

customElements.define("gs-chat-part", ChatPart);
