/**
 * A player of streams and clips; sound and pictures each draw their own.
 *
 *     playable ─> StreamSession | src of a clip ─> <audio> | <video> ─> position, reading, picture of the time
 *
 * The element stays the same for all that is ever played here: browsers remember that it was allowed to sound.
 */
import type { PropertyValues } from "lit";
import { behind, readyFrom } from "../../media/feeding.ts";
import { Peaks } from "../../media/peaks.ts";
import type { ClipPlayable, Playable, StreamPlayable } from "../../media/playable.ts";
import type { Reading } from "../../media/reading.ts";
import { spansOf, type OpeningSource } from "../../media/source-port.ts";
import { expectStream, StreamSession } from "../../media/stream-session.ts";
import { endOf, joinMoment, liveMoment } from "../../media/timeline.ts";
import type { Store } from "../../state/store.ts";
import { LightElement } from "../light-element.ts";
import { measureClip } from "./measure-clip.ts";
import "./seek-bar.ts";

/** Nobody reads figures faster. */
const READING_MS = 100;
/** A connection that fails once or twice is the connection's banner to tell, if at all. */
const TROUBLED = 3;

export abstract class Player extends LightElement {
  static override properties = {
    playable: { attribute: false },
    isExpected: { type: Boolean },
    expectedMime: {},
    isOver: { type: Boolean },
    isLate: { type: Boolean },
    isWanted: { type: Boolean },
    name: {},
    download: {},
    reading: { attribute: false },
    problem: { state: true },
    isBlocked: { state: true },
    isTroubled: { state: true },
  };
  /** Null while there is nothing to play yet. */
  declare playable: Playable | null;
  /** A stream is about to begin. */
  declare isExpected: boolean;
  /** The type that it will most likely have. */
  declare expectedMime: string;
  /** No more segments will come. */
  declare isOver: boolean;
  /** The run was going on before this page saw it. */
  declare isLate: boolean;
  /** It shall play as soon as it can. */
  declare isWanted: boolean;
  declare name: string;
  /** The address for what cannot be played; empty while there is none. */
  declare download: string;
  declare reading: Store<Reading | null>;
  declare problem: string | null;
  /** The browser wants a press before it plays. */
  declare isBlocked: boolean;
  declare isTroubled: boolean;
  protected readonly peaks = new Peaks();
  private session: StreamSession | null = null;
  private adopted = "";
  private opening: OpeningSource | null = null;
  private run = "";
  /** Whoever paused one clip of a run does not want the next to play by itself. */
  private isPausedByHand = false;
  private moving = 0;
  private readAt = 0;

  constructor() {
    super();
    this.problem = null;
    this.isBlocked = false;
    this.isTroubled = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Put elsewhere on the page, it plays what it played.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.moving);
    this.session?.close();
    this.session = null;
    this.adopted = "";
    this.opening = null;
    this.media?.pause();
    this.reading.set(null);
  }

  protected get media(): HTMLMediaElement | null {
    return this.querySelector("audio, video");
  }

  protected get isGrowing(): boolean {
    return this.playable?.kind === "stream" && !this.isOver;
  }

  protected get end_s(): number {
    const known = this.media?.duration ?? 0;
    const { playable } = this;
    if (playable?.kind === "stream") return endOf(playable.segments);
    return Number.isFinite(known) && known > 0 ? known : (playable?.duration_s ?? 0);
  }

  protected get position_s(): number {
    return Math.min(this.media?.currentTime ?? 0, Math.max(this.end_s, 0));
  }

  /** There is so much more than what is heard that a way to the newest is worth a button. */
  protected get isBehind(): boolean {
    const { playable } = this;
    if (playable?.kind !== "stream" || this.isOver) return false;
    return liveMoment(playable.segments) - this.position_s > LIVE_WITHIN_S;
  }

  protected override updated(changed: PropertyValues): void {
    const { playable } = this;
    this.hidden = playable === null;
    if (playable === null) {
      this.expect();
      return;
    }
    if (playable.id !== this.adopted) this.adopt(playable);
    if (playable.kind === "stream" && (changed.has("playable") || changed.has("isOver"))) this.grow(playable);
    this.show(changed.has("playable"));
  }

  protected readonly toggle = (): void => {
    const { media } = this;
    if (media === null) return;
    this.isPausedByHand = !media.paused;
    if (media.paused) void this.play();
    else media.pause();
  };

  protected readonly seek = (event: CustomEvent<number>): void => {
    this.jump(event.detail);
  };

  protected readonly toLive = (): void => {
    if (this.playable?.kind === "stream") this.jump(liveMoment(this.playable.segments));
    void this.play();
  };

  protected readonly toStart = (): void => {
    this.jump(0);
    void this.play();
  };

  /** Something about the element changed. */
  protected readonly heard = (): void => {
    const { media } = this;
    if (media !== null && !media.paused) this.isBlocked = false;
    this.requestUpdate();
    this.keepShowing();
  };

  protected readonly failed = (): void => {
    const { media } = this;
    if (media?.error === null || media?.getAttribute("src") === null) return;
    this.problem ??= "This browser could not play it.";
  };

  private jump(time_s: number): void {
    const { media } = this;
    if (media !== null) media.currentTime = time_s;
    this.show(false);
  }

  private adopt(playable: Playable): void {
    const { media } = this;
    if (media === null) return;
    const wasPlaying = !media.paused && !media.ended;
    this.session?.close();
    this.session = null;
    this.adopted = playable.id;
    this.isPausedByHand &&= playable.run === this.run;
    this.run = playable.run;
    const { opening } = this;
    this.opening = null;
    this.problem = null;
    this.isTroubled = false;
    if (playable.kind === "stream") this.session = this.openStream(media, playable, opening);
    else this.openClip(media, playable);
    if (this.session?.way !== "none" && ((this.isWanted && !this.isPausedByHand) || wasPlaying))
      void this.play();
  }

  /** Opening a source takes as long as a first segment needs to come: it is done before. */
  private expect(): void {
    const { media } = this;
    if (!this.isExpected || this.opening !== null || media === null) return;
    this.opening = expectStream(media, this.expectedMime);
  }

  private openStream(
    media: HTMLMediaElement,
    playable: StreamPlayable,
    opening: OpeningSource | null,
  ): StreamSession {
    const { folder, mime, timescale, segments } = playable;
    this.peaks.take([]);
    const join_s = joinMoment(segments, this.isLate && !this.isOver);
    return new StreamSession(
      media,
      { folder, mime, timescale, join_s },
      {
        broken: (reason) => (this.problem = reason),
        troubled: (attempts) => (this.isTroubled = attempts >= TROUBLED),
      },
      opening,
    );
  }

  private openClip(media: HTMLMediaElement, playable: ClipPlayable): void {
    media.src = playable.address;
    if (media instanceof HTMLVideoElement) return;
    void measureClip(playable, this.peaks).then(() => {
      if (this.adopted === playable.id) this.show(true);
    });
  }

  private grow(playable: StreamPlayable): void {
    this.peaks.take(playable.segments);
    this.session?.take(playable.segments, this.isOver);
  }

  private async play(): Promise<void> {
    try {
      await this.media?.play();
    } catch (reason) {
      // Another source took this one's place, or an error is told by an event of its own.
      this.isBlocked = reason instanceof Error && reason.name === "NotAllowedError";
    }
  }

  /** While it plays, the hand moves with each frame; where motion is unwelcome, with each tick of the element. */
  private keepShowing(): void {
    const isMoving = this.media?.paused === false && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!isMoving || this.moving !== 0) {
      this.show(false);
      return;
    }
    this.moving = requestAnimationFrame(() => {
      this.moving = 0;
      this.keepShowing();
      this.show(false);
    });
  }

  private show(anew: boolean): void {
    const { media, position_s, end_s, isGrowing } = this;
    if (media === null) return;
    const buffered_s = readyFrom(spansOf(media.buffered), position_s);
    this.querySelector("gs-seek-bar")?.show({ position_s, end_s, buffered_s, isGrowing }, anew);
    if (performance.now() - this.readAt < READING_MS && !anew) return;
    this.readAt = performance.now();
    const { playable } = this;
    if (playable?.kind !== "stream" || this.isOver) this.reading.set(null);
    else this.reading.set({ behind_s: behind(playable.segments, position_s), ready_s: buffered_s });
  }
}

const LIVE_WITHIN_S = 3;
