/** Pictures that move, on a stage that keeps its place. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../icon.ts";
import { bigPlay, muteButton, note, playButton, times, wayButton } from "../media/controls.ts";
import { Player } from "../media/player.ts";

class VideoOutputElement extends Player {
  override render(): TemplateResult {
    const { media } = this;
    const isWaiting = media?.paused !== false && !this.isWanted && this.position_s === 0;
    return html`<div class="stage">
        <video
          playsinline
          preload="auto"
          aria-label=${this.name}
          @click=${this.toggle}
          @play=${this.heard}
          @pause=${this.heard}
          @playing=${this.heard}
          @waiting=${this.heard}
          @timeupdate=${this.heard}
          @seeked=${this.heard}
          @ended=${this.heard}
          @volumechange=${this.heard}
          @durationchange=${this.heard}
          @error=${this.failed}
        ></video>
        ${this.isBlocked || isWaiting ? bigPlay(this.toggle) : nothing}
      </div>
      <gs-seek-bar .name="Position in ${this.name}" @seek=${this.seek} @toggle=${this.toggle}></gs-seek-bar>
      <div class="controls">
        ${playButton(media?.paused !== false, this.toggle)} ${times(this.position_s, this.end_s)}
        ${this.ways()} ${muteButton(media)} ${this.fullscreenButton()}
      </div>
      ${note(this.problem, this.isTroubled, this.download)}`;
  }

  private ways(): TemplateResult | typeof nothing {
    if (!this.isGrowing) return nothing;
    if (!this.isBehind && this.isLate) return wayButton("From the start", true, this.toStart);
    return wayButton("Live", this.isBehind, this.toLive);
  }

  private fullscreenButton(): TemplateResult {
    const press = (): void => void this.media?.requestFullscreen();
    return html`<button
      class="tool"
      type="button"
      aria-label="Full screen"
      title="Full screen"
      @click=${press}
    >
      ${icon("expand")}
    </button>`;
  }
}

customElements.define("gs-video-output", VideoOutputElement);
