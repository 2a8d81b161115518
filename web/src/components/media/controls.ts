/** The buttons and messages of a player. */
import { html, nothing, type TemplateResult } from "lit";
import type { Stall } from "../../media/stall.ts";
import { playerWords } from "../../media/player-words.ts";
import { icon } from "../icon.ts";
import { clock } from "./clock.ts";

type Press = () => void;

export function playButton(isPaused: boolean, press: Press): TemplateResult {
  const label = isPaused ? playerWords().play : playerWords().pause;
  return html`<button class="round" type="button" aria-label=${label} title=${label} @click=${press}>
    ${icon(isPaused ? "play" : "pause")}
  </button>`;
}

/** Shown when the browser requires a user gesture before playing. */
export function bigPlay(press: Press): TemplateResult {
  return html`<button class="big-play main" type="button" @click=${press}>
    ${icon("play")} ${playerWords().play}
  </button>`;
}

export function times(position_s: number, end_s: number): TemplateResult {
  return html`<span class="times figures" dir="ltr"
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
  const label = isMuted ? playerWords().soundOn : playerWords().soundOff;
  const press = (): void => {
    if (media !== null) media.muted = !media.muted;
  };
  return html`<button class="tool" type="button" aria-label=${label} title=${label} @click=${press}>
    ${icon(isMuted ? "silent" : "loud")}
  </button>`;
}

export interface PlayerNote {
  /** Why it does not play. */
  readonly problem: string | null;
  readonly isRetrying: boolean;
  readonly stall: Stall;
}

/** What a visitor has to know beside the controls; with the file, if there is one and it does not play. */
export function note({ problem, isRetrying, stall }: PlayerNote, download: string): TemplateResult {
  return html`<div class="media-note" role="status">
    ${noteText({ problem, isRetrying, stall }, download)}
  </div>`;
}

function noteText({ problem, isRetrying, stall }: PlayerNote, download: string): unknown {
  const link = html`<a href=${download} download>${playerWords().downloadIt}</a>`;
  const offer = download === "" ? nothing : link;
  if (problem !== null) return html`<p class="bad">${problem} ${offer}</p>`;
  if (isRetrying) return html`<p>${playerWords().connectionLost}</p>`;
  if (stall === "none") return nothing;
  const isFault = stall === "late" || stall === "stuck";
  return html`<p class=${isFault ? "bad" : ""}>
    ${playerWords().stalls[stall]} ${isFault ? offer : nothing}
  </p>`;
}
