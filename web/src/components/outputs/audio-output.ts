/** Sound: its waveform is the way through it. */
import { html, nothing, type TemplateResult } from "lit";
import { bigPlay, muteButton, note, playButton, times, wayButton } from "../media/controls.ts";
import { Player } from "../media/player.ts";

class AudioOutputElement extends Player {
  override render(): TemplateResult {
    const { media } = this;
    return html`<audio
        preload="auto"
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
      ></audio>
      <div class="listen ${this.isBlocked ? "blocked" : ""}">
        ${playButton(media?.paused !== false, this.toggle)}
        <gs-seek-bar
          .peaks=${this.peaks}
          .name="Position in ${this.name}"
          @seek=${this.seek}
          @toggle=${this.toggle}
        ></gs-seek-bar>
        ${this.isBlocked ? bigPlay(this.toggle) : nothing}
      </div>
      <div class="controls">${times(this.position_s, this.end_s)} ${this.ways()} ${muteButton(media)}</div>
      ${note(this.problem, this.isTroubled, this.download)}`;
  }

  private ways(): TemplateResult | typeof nothing {
    if (!this.isGrowing) return nothing;
    if (!this.isBehind && this.isLate) return wayButton("From the start", true, this.toStart);
    return wayButton("Live", this.isBehind, this.toLive);
  }
}

customElements.define("gs-audio-output", AudioOutputElement);
