/** The icons of buttons, drawn as strokes in the current colour. */
import { html, svg, type TemplateResult } from "lit";

const PATHS = {
  copy: "M9 9h10v10H9zM5 15V5h10",
  check: "M5 12.5l4.5 4.5L19 7.5",
  download: "M12 4v11m0 0l-4.5-4.5M12 15l4.5-4.5M5 20h14",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.5 9.5h.01",
  upload: "M12 16V5m0 0L7.5 9.5M12 5l4.5 4.5M5 20h14",
  cross: "M6 6l12 12M18 6L6 18",
  again: "M5 12a7 7 0 1 1 2.2 5.1M5 19v-4h4",
  down: "M12 5v14m0 0l-6-6m6 6l6-6",
  up: "M12 19V5m0 0l-6 6m6-6l6 6",
  stop: "M7 7h10v10H7z",
  pause: "M9 6v12M15 6v12",
  play: "M8 5.5v13l10.5-6.5z",
  loud: "M4 9.5v5h3.5L12 18V6L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11",
  silent: "M4 9.5v5h3.5L12 18V6L7.5 9.5zM16 10l4 4m0-4l-4 4",
  share: "M7 10H5v11h14V10h-2M12 15V3m0 0L8 7m4-4l4 4",
  expand: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  microphone: "M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11.5a6 6 0 0 0 12 0M12 17.5V21",
  camera: "M4 7h11v10H4zM15 11l5-3v8l-5-3z",
  screen: "M3 5h18v11H3zM9 20h6M12 16v4",
  search: "M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13zM20 20l-4.8-4.8",
  moon: "M19 14.5A7.5 7.5 0 1 1 9.5 5a6 6 0 0 0 9.5 9.5z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
  back: "M8 5L4 9l4 4M4 9h10a5 5 0 0 1 0 10h-3",
  forth: "M16 5l4 4-4 4M20 9H10a5 5 0 0 0 0 10h3",
  leave: "M10 4H5v16h5M15 8l4 4-4 4M19 12H9",
  eraser: "M9 19l-4-4L14 6l5 5-8 8zM9 19h11M9.5 10.5l5 5",
  pencil: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  clip: "M19 11l-7.5 7.5a4.5 4.5 0 0 1-6.4-6.4L13 4.3a3 3 0 0 1 4.3 4.3L9.5 16.3a1.5 1.5 0 0 1-2.1-2.1L14 7.5",
  page: "M6 4h8l4 4v12H6zM14 4v4h4",
  thumbUp: "M4 11h4v8H4zM8 11l4-7a2 2 0 0 1 2 2v4h5l-1.5 9H8z",
  thumbDown: "M4 13h4V5H4zM8 13l4 7a2 2 0 0 0 2-2v-4h5L17.5 5H8z",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  bin: "M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12",
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true">
    ${svg`<path d=${PATHS[name]} />`}
  </svg>`;
}
