/** The buttons and messages of a player. */
import { html, nothing, type TemplateResult } from "lit";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import { clock } from "./clock.ts";

type Press = () => void;

export function playButton(isPaused: boolean, press: Press): TemplateResult {
  const label = isPaused ? words.player.play : words.player.pause;
  return html`<button class="round" type="button" aria-label=${label} title=${label} @click=${press}>
    ${icon(isPaused ? "play" : "pause")}
  </button>`;
}

/** Shown when the browser requires a user gesture before playing. */
export function bigPlay(press: Press): TemplateResult {
  return html`<button class="big-play main" type="button" @click=${press}>
    ${icon("play")} ${words.player.play}
  </button>`;
}

export function times(position_s: number, end_s: number): TemplateResult {
  return html`<span class="times figures"
    ><span>${clock(position_s)}</span> / <span>${clock(end_s)}</span></span
  >`;
}

/** Jumps to the other end of a growing stream; invisible, but in its place, while it would do nothing. */
export function wayButton(label: string, isUseful: boolean, press: Press): TemplateResult {
  return html`<button class="small ${isUseful ? "" : "hidden"}" type="button" @click=${press}>
    ${label}
  </button>`;
}

export function muteButton(media: HTMLMediaElement | null): TemplateResult {
  const isMuted = media?.muted === true;
  const label = isMuted ? words.player.soundOn : words.player.soundOff;
  const press = (): void => {
    if (media !== null) media.muted = !media.muted;
  };
  return html`<button class="tool" type="button" aria-label=${label} title=${label} @click=${press}>
    ${icon(isMuted ? "silent" : "loud")}
  </button>`;
}

export function note(problem: string | null, isRetrying: boolean, download: string): TemplateResult {
  const link = html`<a href=${download} download>${words.player.downloadIt}</a>`;
  return html`<div class="media-note" role="status">
    ${problem === null ? nothing : html`<p class="bad">${problem} ${download === "" ? nothing : link}</p>`}
    ${isRetrying && problem === null ? html`<p>${words.player.connectionLost}</p>` : nothing}
  </div>`;
}
