/**
 * The controls of a player of streams and clips; audio and video each lay out their own.
 *
 *     run ─events─> ElementPlayback ─> <audio> | <video> ─> position, figures, picture of the time
 *
 * Playback does not wait for rendering, see `watchPlayback`: this draws the controls and forwards their events.
 */
import { nothing, type PropertyValues, type TemplateResult } from "lit";
import { ElementPlayback } from "../../media/element-playback.ts";
import { settle } from "../../media/failure.ts";
import { behindLive, bufferedAhead } from "../../media/buffer-policy.ts";
import { Peaks } from "../../media/peaks.ts";
import { NOTHING_TO_PLAY } from "../../media/playable.ts";
import type { PlaybackStats } from "../../media/playback-stats.ts";
import { spansOf } from "../../media/source-buffer.ts";
import { endOf, liveMoment } from "../../media/timeline.ts";
import { downloadOf } from "../../state/download.ts";
import { watchPlayback, type MediaOutput, type Showing } from "../../state/playback.ts";
import type { Store } from "../../state/store.ts";
import type { Undo } from "../../transport/types.ts";
import { playerWords } from "../../media/player-words.ts";
import { LightElement } from "../light-element.ts";
import { note, wayButton, type PlayerNote } from "./controls.ts";
import { measureClip } from "./measure-clip.ts";
import "./seek-bar.ts";

/** Figures that change faster cannot be read. */
const STATS_MS = 100;
/** The button to the newest is enabled when the position is further behind than this. */
const LIVE_WITHIN_S = 3;

const QUIET: PlayerNote = { problem: null, isRetrying: false, stall: "none" };

export abstract class Player extends LightElement {
  static override properties = {
    output: { attribute: false },
    runner: { attribute: false },
    stats: { attribute: false },
  };
  declare output: MediaOutput;
  declare runner: Showing;
  /** Where the player reports its position in the stream. */
  declare stats: Store<PlaybackStats | null>;
  /** Whether a clip is decoded for its waveform; a stream has its own peaks. */
  protected readonly hasWaveform: boolean = false;
  protected readonly peaks = new Peaks();
  protected playing: ElementPlayback | null = null;
  private now = NOTHING_TO_PLAY;
  private unwatch: Undo | null = null;
  /** The id and the number of segments that the seek bar shows. */
  private pictured = "";
  private reportedAt = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    // Moved within the page, it continues with the same source.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unwatch?.();
    this.unwatch = null;
    this.playing?.close();
    this.stats.set(null);
  }

  protected get name(): string {
    return this.output.label === "" ? this.output.name : this.output.label;
  }

  protected get isWanted(): boolean {
    return this.now.isWanted;
  }

  protected get media(): HTMLMediaElement | null {
    return this.querySelector("audio, video");
  }

  protected get end_s(): number {
    const known = this.media?.duration ?? 0;
    const { playable } = this.now;
    if (playable?.kind === "stream") return endOf(playable.segments);
    return Number.isFinite(known) && known > 0 ? known : (playable?.duration_s ?? 0);
  }

  protected get position_s(): number {
    return Math.min(this.media?.currentTime ?? 0, Math.max(this.end_s, 0));
  }

  protected override updated(changed: PropertyValues): void {
    this.playing ??= this.newPlayback();
    if (this.unwatch === null || changed.has("output") || changed.has("runner")) this.watch();
    this.hidden = this.now.playable === null;
    if (!this.hidden) this.show(this.measure());
  }

  protected readonly toggle = (): void => {
    if (this.media?.paused === true) this.dispatchEvent(new CustomEvent("gs-played", { bubbles: true }));
    this.playing?.toggle();
  };

  protected readonly seek = (event: CustomEvent<number>): void => {
    this.playing?.seek(event.detail);
  };

  /** The button to the other end of a growing stream. */
  protected ways(): TemplateResult | typeof nothing {
    const { playable, isOver, isLate } = this.now;
    if (playable?.kind !== "stream" || isOver) return nothing;
    const isBehind = liveMoment(playable.segments) - this.position_s > LIVE_WITHIN_S;
    if (isBehind || !isLate) return wayButton(playerWords().live, isBehind, () => this.playing?.playLive());
    return wayButton(playerWords().fromStart, true, () => this.playing?.playFrom(0));
  }

  protected note(): TemplateResult {
    const { playable, isOver } = this.now;
    const file = playable === null ? null : downloadOf(this.output, playable, isOver);
    return note(this.playing ?? QUIET, file?.address ?? "");
  }

  private newPlayback(): ElementPlayback | null {
    if (this.media === null) return null;
    // Browsers say four times a second where they are. Each time that the position moves costs a frame, which takes
    // longer than everything else of a sound.
    return new ElementPlayback(this.media, () => {
      this.requestUpdate();
    });
  }

  private watch(): void {
    this.unwatch?.();
    this.unwatch = watchPlayback(this.runner, this.output, (now) => {
      this.now = now;
      this.playing?.update(now);
      this.drawNextFrame();
    });
  }

  /** Update the peaks; return whether they changed. */
  private measure(): boolean {
    const { playable } = this.now;
    if (playable === null) return false;
    const isOther = !this.pictured.startsWith(`${playable.id} `);
    const pictured = `${playable.id} ${playable.kind === "stream" ? playable.segments.length : 0}`;
    if (pictured === this.pictured) return false;
    this.pictured = pictured;
    if (playable.kind === "stream") {
      if (isOther) this.peaks.update([]);
      this.peaks.update(playable.segments);
    } else if (this.hasWaveform) {
      const measured = measureClip(playable, this.peaks).then(() => {
        if (this.pictured === pictured) this.show(true);
      });
      settle(measured, (reason) => this.playing?.report(reason));
    }
    return true;
  }

  private show(isChanged: boolean): void {
    const { media, position_s, end_s, now } = this;
    if (media === null) return;
    const { playable, isOver } = now;
    const isGrowing = playable?.kind === "stream" && !isOver;
    const buffered_s = bufferedAhead(spansOf(media.buffered), position_s);
    this.querySelector("gs-seek-bar")?.show({ position_s, end_s, buffered_s, isGrowing }, isChanged);
    if (performance.now() - this.reportedAt < STATS_MS && !isChanged) return;
    this.reportedAt = performance.now();
    if (!isGrowing) this.stats.set(null);
    else this.stats.set({ behind_s: behindLive(playable.segments, position_s), ready_s: buffered_s });
  }
}
