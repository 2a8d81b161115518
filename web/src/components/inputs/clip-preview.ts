/** A chosen or recorded clip: the browser's own player, and handles to trim it. */
import { html, nothing, type TemplateResult } from "lit";
import { html as elementHtml, literal } from "lit/static-html.js";
import { hasPictures, type Medium } from "../../contract/medium.ts";
import { decodedLength } from "../../media/decoded-sound.ts";
import { settle } from "../../media/failure.ts";
import { ALL, endOf, firstTrim, isAll, type Line, type Trim } from "../../state/trim.ts";
import { clipWords } from "./clip-words.ts";
import { LightElement } from "../light-element.ts";
import { drawTrim } from "./trim-range.ts";

/** Seeking this far makes browsers determine the length of a recording whose header has none. */
const FAR_S = 1e9;

/** Shorter clips cannot be trimmed. */
const SHORTEST_S = 0.1;

class ClipPreview extends LightElement {
  static override properties = {
    medium: { attribute: false },
    url: { attribute: false },
    source: { attribute: false },
    name: { attribute: false },
    trim: { attribute: false },
    longestS: { attribute: false },
    lengthS: { state: true },
    isUnplayable: { state: true },
    isUnmeasured: { state: true },
  };
  declare medium: Medium;
  declare url: string;
  /** The file that the address stands for. */
  declare source: Blob;
  declare name: string;
  declare trim: Trim;
  declare longestS: number | null;
  /** Called while a handle moves and when the length is known; `isRest` when no change follows at once. */
  declare choose: (trim: Trim, isRest: boolean) => void;
  declare lengthS: number | null;
  declare isUnplayable: boolean;
  /** Its length cannot be found out. */
  declare isUnmeasured: boolean;

  constructor() {
    super();
    this.trim = ALL;
    this.lengthS = null;
    this.isUnplayable = false;
    this.isUnmeasured = false;
  }

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (!changed.has("url")) return;
    this.lengthS = null;
    this.isUnplayable = false;
    this.isUnmeasured = false;
  }

  override render(): TemplateResult {
    const hint = this.isUnplayable ? clipWords().unplayable : this.isUnmeasured ? clipWords().unmeasured : "";
    return html`${this.player()}${hint === "" ? nothing : html`<p class="help">${hint}</p>`}${this.line === null || this.line.lengthS < SHORTEST_S ? nothing : this.handles(this.line)}`;
  }

  private get line(): Line | null {
    return this.lengthS === null ? null : { lengthS: this.lengthS, longestS: this.longestS };
  }

  private player(): TemplateResult {
    const { url, measure, keepWithin, enter, fail } = this;
    const label = clipWords().preview(this.name);
    const tag = hasPictures(this.medium) ? literal`video` : literal`audio`;
    return elementHtml`<${tag}
      class="clip-player"
      controls
      playsinline
      preload="metadata"
      src=${url}
      aria-label=${label}
      @loadedmetadata=${measure}
      @durationchange=${measure}
      @timeupdate=${keepWithin}
      @play=${enter}
      @error=${fail}
    ></${tag}>`;
  }

  private handles(line: Line): TemplateResult {
    return drawTrim({
      name: this.name,
      line,
      trim: this.trim,
      moved: (trim, atS) => {
        this.show(atS);
        // The handle may be released before the next rendering sets the property.
        this.trim = trim;
        this.choose(trim, false);
      },
      rested: () => {
        this.choose(this.trim, true);
      },
      reset: () => {
        this.choose(firstTrim(line), true);
      },
    });
  }

  private readonly measure = (event: Event): void => {
    const { duration } = event.target as HTMLMediaElement;
    if (duration === Infinity) {
      this.show(FAR_S);
      // Firefox does not seek in recorded sound, whose header has no length.
      if (!hasPictures(this.medium)) settle(this.decode(), this.noteUnmeasured);
    } else if (duration > 0 && this.lengthS === null) this.keepLength(duration);
  };

  private async decode(): Promise<void> {
    const { url } = this;
    const length_s = await decodedLength(this.source);
    if (url === this.url && this.lengthS === null) this.keepLength(length_s);
  }

  private readonly noteUnmeasured = (): void => {
    this.isUnmeasured = this.lengthS === null;
  };

  private keepLength(lengthS: number): void {
    this.lengthS = lengthS;
    this.show(this.trim.startS);
    if (isAll(this.trim)) this.choose(firstTrim({ lengthS, longestS: this.longestS }), true);
  }

  private get media(): HTMLMediaElement | null {
    return this.querySelector<HTMLMediaElement>(".clip-player");
  }

  private show(atS: number): void {
    const { media } = this;
    if (media === null) return;
    media.pause();
    media.currentTime = atS;
  }

  /** Start playing inside the trimmed part. */
  private readonly enter = (): void => {
    this.dispatchEvent(new CustomEvent("gs-played", { bubbles: true }));
    const { media, lengthS, trim } = this;
    if (media === null || lengthS === null) return;
    const isWithin = media.currentTime >= trim.startS && media.currentTime < endOf(trim, lengthS);
    if (!isWithin) media.currentTime = trim.startS;
  };

  /** Pause at the end of the trimmed part. */
  private readonly keepWithin = (): void => {
    const { media, trim } = this;
    if (media === null || media.paused || trim.endS === null) return;
    if (media.currentTime >= trim.endS) this.show(trim.endS);
  };

  private readonly fail = (): void => {
    this.isUnplayable = true;
  };
}

customElements.define("gs-clip-preview", ClipPreview);
