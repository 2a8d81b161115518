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
import type { OpeningSource } from "./source-buffer.ts";
import { expectStream, StreamSession } from "./stream-session.ts";
import { joinMoment, liveMoment } from "./timeline.ts";
import { words } from "../words.ts";

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
  /** Fetching has failed several times in a row. */
  isRetrying = false;
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
  }

  toggle(): void {
    const { element } = this;
    this.isPausedByHand = !element.paused;
    if (element.paused) void this.play();
    else element.pause();
  }

  seek(time_s: number): void {
    this.element.currentTime = time_s;
    this.changed();
  }

  playFrom(time_s: number): void {
    this.seek(time_s);
    void this.play();
  }

  playLive(): void {
    const { playable } = this.now;
    if (playable?.kind === "stream") this.playFrom(liveMoment(playable.segments));
  }

  /** Release the element; the next update loads everything again. */
  close(): void {
    this.session?.close();
    this.session = null;
    this.loaded = "";
    this.opening = null;
    this.element.pause();
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
    this.isRetrying = false;
    if (playable.kind === "stream") this.session = this.openStream(playable, opening);
    else element.src = playable.address;
    if (this.session?.way !== "none" && ((this.now.isWanted && !this.isPausedByHand) || wasPlaying))
      void this.play();
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
        this.problem = reason;
        this.changed();
      },
      retrying: (attempts: number): void => {
        this.isRetrying = attempts >= MANY_ATTEMPTS;
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

  private async play(): Promise<void> {
    try {
      await this.element.play();
    } catch (reason) {
      // Another source has replaced this one; other errors are reported by the element's error event.
      this.isBlocked = reason instanceof Error && reason.name === "NotAllowedError";
      this.changed();
    }
  }

  private readonly noteChange = (): void => {
    if (!this.element.paused) this.isBlocked = false;
    this.changed();
  };

  private readonly noteError = (): void => {
    const { element } = this;
    if (element.error === null || element.getAttribute("src") === null) return;
    this.problem ??= words.player.unplayable;
    this.changed();
  };
}
