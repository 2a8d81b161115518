/**
 * Plays an output's streams and clips on one element, one after the other.
 *
 *     Playback ─> StreamSession | src of a clip ─> <audio> | <video>
 *
 * It depends on events only: nothing is drawn here, and nothing waits for a frame, so that a hidden tab plays on.
 * The element stays the same throughout: browsers remember that it was allowed to play.
 */
import { NOTHING_TO_PLAY, type Playable, type Playback, type StreamPlayable } from "./playable.ts";
import type { MediaScope } from "./codecs.ts";
import { explainElement, settle } from "./failure.ts";
import type { OpeningSource } from "./source-buffer.ts";
import type { Stall } from "./stall.ts";
import { StallWatch, type Reach } from "./stall-watch.ts";
import { expectStream, StreamSession } from "./stream-session.ts";
import { endOf, joinMoment, liveMoment } from "./timeline.ts";

/** One or two failures are reported by the connection's banner, if at all. */
const MANY_ATTEMPTS = 3;
/** Events after which the controls look different. */
const EVENTS = [
  "play",
  "pause",
  "playing",
  "waiting",
  "timeupdate",
  "seeked",
  "ended",
  "volumechange",
  "durationchange",
] as const;

export class ElementPlayback {
  /** Why it cannot be played, for the visitor. */
  problem: string | null = null;
  /** The browser requires a press before it plays. */
  isBlocked = false;
  private isFailing = false;
  private readonly watch: StallWatch;
  private now = NOTHING_TO_PLAY;
  /** The id of what the element plays. */
  private loaded = "";
  private session: StreamSession | null = null;
  private opening: OpeningSource | null = null;
  private run = "";
  /** After a pause, the next clip of the same run must not play by itself. */
  private isPausedByHand = false;

  /** `changed` is called whenever the element or one of the fields above has changed. */
  constructor(
    private readonly element: HTMLMediaElement,
    private readonly changed: () => void,
    private readonly scope: MediaScope = window,
  ) {
    for (const event of EVENTS) element.addEventListener(event, this.noteChange);
    element.addEventListener("error", this.noteError);
    this.watch = new StallWatch(element, () => this.reach(), changed);
  }

  /** Fetching has failed several times in a row, or it waits for events that cannot arrive. */
  get isRetrying(): boolean {
    return this.isFailing || (this.now.isDisconnected && this.watch.stall === "more");
  }

  /** What it is waiting for while it should play. */
  get stall(): Stall {
    return this.problem === null ? this.watch.stall : "none";
  }

  /** Load what there is to play now, and play it if that is wanted. */
  update(playback: Playback): void {
    const before = this.now;
    this.now = playback;
    const { playable, isOver } = playback;
    if (playable === null) {
      this.expect(playback.expectedMime);
      return;
    }
    const isOther = playable.id !== this.loaded;
    if (isOther) this.load(playable);
    if (playable.kind !== "stream") return;
    const known = before.playable?.kind === "stream" ? before.playable.segments : null;
    if (isOther || known !== playable.segments || before.isOver !== isOver)
      this.session?.update(playable.segments, isOver);
    this.watch.look();
  }

  toggle(): void {
    const { element } = this;
    this.isPausedByHand = !element.paused;
    if (element.paused) this.play();
    else element.pause();
  }

  seek(time_s: number): void {
    this.element.currentTime = time_s;
    this.changed();
  }

  playFrom(time_s: number): void {
    this.seek(time_s);
    this.play();
  }

  playLive(): void {
    const { playable } = this.now;
    if (playable?.kind === "stream") this.playFrom(liveMoment(playable.segments));
  }

  /** Show the visitor what went wrong beside playing, unless it does not play at all. */
  report(reason: string): void {
    this.problem ??= reason;
    this.changed();
  }

  /** Release the element; the next update loads everything again. */
  close(): void {
    this.session?.close();
    this.session = null;
    this.loaded = "";
    this.opening = null;
    this.element.pause();
    this.watch.close();
  }

  private reach(): Reach {
    const { playable, isOver } = this.now;
    if (playable?.kind === "stream") return { end_s: endOf(playable.segments), isOver };
    return { end_s: this.element.duration || Infinity, isOver: true };
  }

  private load(playable: Playable): void {
    const { element, opening } = this;
    const wasPlaying = !element.paused && !element.ended;
    this.session?.close();
    this.session = null;
    this.loaded = playable.id;
    this.isPausedByHand &&= playable.run === this.run;
    this.run = playable.run;
    this.opening = null;
    this.problem = null;
    this.isFailing = false;
    this.watch.restart();
    if (playable.kind === "stream") this.session = this.openStream(playable, opening);
    else element.src = playable.address;
    if (this.session?.way !== "none" && ((this.now.isWanted && !this.isPausedByHand) || wasPlaying))
      this.play();
  }

  /** Opening a source takes as long as the first segment takes to arrive, so it is done before. */
  private expect(mime: string | null): void {
    if (mime === null || this.opening !== null) return;
    this.opening = expectStream(this.element, mime, this.scope);
  }

  private openStream(playable: StreamPlayable, opening: OpeningSource | null): StreamSession {
    const { folder, mime, timescale, segments } = playable;
    const join_s = joinMoment(segments, this.now.isLate && !this.now.isOver);
    const callbacks = {
      failed: (reason: string): void => {
        const { error } = this.element;
        // What the element says is the cause, and comes before or after what follows from it.
        this.problem = error === null ? reason : explainElement(error);
        this.changed();
      },
      retrying: (attempts: number): void => {
        this.isFailing = attempts >= MANY_ATTEMPTS;
        this.changed();
      },
    };
    return new StreamSession(
      this.element,
      { folder, mime, timescale, join_s },
      callbacks,
      opening,
      this.scope,
    );
  }

  private play(): void {
    settle(this.begin(), (reason) => {
      this.report(reason);
    });
  }

  private async begin(): Promise<void> {
    try {
      await this.element.play();
    } catch (reason) {
      const name = reason instanceof Error ? reason.name : "";
      this.isBlocked = name === "NotAllowedError";
      // An aborted one was replaced or paused; one that is not supported is reported by the element's error event.
      if (!["NotAllowedError", "AbortError", "NotSupportedError"].includes(name)) throw reason;
      this.changed();
    }
  }

  private readonly noteChange = (): void => {
    if (!this.element.paused) this.isBlocked = false;
    this.watch.look();
    this.changed();
  };

  private readonly noteError = (): void => {
    const { element } = this;
    if (element.error === null || element.getAttribute("src") === null) return;
    this.problem = explainElement(element.error);
    this.changed();
  };
}
