/** A player of video. */
import { html, nothing, type TemplateResult } from "lit";
import { settle } from "../../media/failure.ts";
import { words } from "../../words.ts";
import { playerWords } from "../../media/player-words.ts";
import { canFillScreen, turnFullScreen } from "../full-screen.ts";
import { icon } from "../icon.ts";
import { bigPlay, muteButton, playButton, times } from "./controls.ts";
import { Player } from "./player.ts";

class VideoPlayer extends Player {
  override render(): TemplateResult {
    const { media, playing } = this;
    return html`<div class="stage">
        <video playsinline preload="auto" aria-label=${this.name} @click=${this.toggle}></video>
        ${playing?.isBlocked === true || this.isWaiting ? bigPlay(this.toggle) : nothing}
      </div>
      <gs-seek-bar
        dir="ltr"
        .name=${playerWords().position(this.name)}
        @seek=${this.seek}
        @toggle=${this.toggle}
      ></gs-seek-bar>
      <div class="controls">
        ${playButton(media?.paused !== false, this.toggle)} ${times(this.position_s, this.end_s)}
        ${this.ways()} ${muteButton(media)} ${this.fullscreenButton()}
      </div>
      ${this.note()}`;
  }

  /** It is paused at its beginning until the visitor starts it. */
  private get isWaiting(): boolean {
    return this.media?.paused !== false && !this.isWanted && this.position_s === 0;
  }

  private fullscreenButton(): TemplateResult {
    const press = (): void => {
      const { media, playing } = this;
      if (media !== null) settle(showFullScreen(media), () => playing?.report(playerWords().noFullScreen));
    };
    return html`<button
      class="tool"
      type="button"
      aria-label=${words.demo.fullScreen}
      title=${words.demo.fullScreen}
      @click=${press}
    >
      ${icon("expand")}
    </button>`;
  }
}

/** Phones show only their own player of a video full screen. */
interface PhoneVideo extends HTMLMediaElement {
  readonly webkitEnterFullscreen: () => void;
}

async function showFullScreen(media: HTMLMediaElement): Promise<void> {
  if (canFillScreen(media)) await turnFullScreen(media);
  else (media as PhoneVideo).webkitEnterFullscreen();
}

customElements.define("gs-video-output", VideoPlayer);
