/**
 * Plays on one element whatever an output has to play, one stream or clip after the other.
 *
 *     Playback ─> StreamSession | src of a clip ─> <audio> | <video>
 *
 * It works on events alone: nothing is drawn here, and nothing waits for a frame, so that a hidden tab plays on.
 * The element stays the same for all that is ever played: browsers remember that it was allowed to sound.
 */
import { NOTHING_TO_PLAY, type Playable, type Playback, type StreamPlayable } from "./playable.ts";
import type { MediaScope } from "./codecs.ts";
import type { OpeningSource } from "./source-buffer.ts";
import { expectStream, StreamSession } from "./stream-session.ts";
import { joinMoment, liveMoment } from "./timeline.ts";
import { words } from "../words.ts";

/** One or two failures are reported by the connection's banner, if at all. */
const MANY_ATTEMPTS = 3;
/** What changes how a player looks. */
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
  /** The browser wants a press before it plays. */
  isBlocked = false;
  /** Fetching fails again and again. */
  isRetrying = false;
  private now = NOTHING_TO_PLAY;
  /** The id of what the element was given. */
  private adopted = "";
  private session: StreamSession | null = null;
  private opening: OpeningSource | null = null;
  private run = "";
  /** Whoever paused one clip of a run does not want the next to play by itself. */
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

  /** Play what there is now. */
  update(playback: Playback): void {
    const before = this.now;
    this.now = playback;
    const { playable, isOver } = playback;
    if (playable === null) {
      this.expect(playback.expectedMime);
      return;
    }
    const isOther = playable.id !== this.adopted;
    if (isOther) this.adopt(playable);
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

  /** Let go of the element; the next update begins anew. */
  close(): void {
    this.session?.close();
    this.session = null;
    this.adopted = "";
    this.opening = null;
    this.element.pause();
  }

  private adopt(playable: Playable): void {
    const { element, opening } = this;
    const wasPlaying = !element.paused && !element.ended;
    this.session?.close();
    this.session = null;
    this.adopted = playable.id;
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

  /** Opening a source takes as long as a first segment needs to come: it is done before. */
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
      // Another source took this one's place, or an error is told by an event of its own.
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
