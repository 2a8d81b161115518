/** A player of sound, with its waveform as seek bar. */
import { html, nothing, type TemplateResult } from "lit";
import { playerWords } from "../../media/player-words.ts";
import { bigPlay, muteButton, playButton, times } from "./controls.ts";
import { Player } from "./player.ts";

class AudioPlayer extends Player {
  protected override readonly hasWaveform = true;

  override render(): TemplateResult {
    const { media, playing } = this;
    const isBlocked = playing?.isBlocked === true;
    return html`<audio preload="auto"></audio>
      <div class="listen ${isBlocked ? "blocked" : ""}">
        ${playButton(media?.paused !== false, this.toggle)}
        <gs-seek-bar
          dir="ltr"
          .peaks=${this.peaks}
          .name=${playerWords().position(this.name)}
          @seek=${this.seek}
          @toggle=${this.toggle}
        ></gs-seek-bar>
        ${isBlocked ? bigPlay(this.toggle) : nothing}
      </div>
      <div class="controls">${times(this.position_s, this.end_s)} ${this.ways()} ${muteButton(media)}</div>
      ${this.note()}`;
  }
}

customElements.define("gs-audio-output", AudioPlayer);
