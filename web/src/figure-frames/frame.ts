/**
 * What all frames of figures do, whatever draws in them.
 *
 *     page --{figure, look}--> draw     --{drawn, error}--> page    one figure at a time
 *     page --{picture}-------> picture  --{picture}-------> page
 *                                       --{height}, {escape}--> page
 *
 * A frame has no origin and no network: its document's policy lets this script run and nothing else.
 */

/** How the page looks around the figure. */
export interface Look {
  readonly dark: boolean;
  /** The colour of text. */
  readonly ink: string;
  /** Whether the figure fills the window. */
  readonly large: boolean;
}

/** A figure's JSON, or a part of it. */
export type Part = Record<string, unknown>;

export interface Drawer {
  /** Whether texts of a figure are read as HTML. */
  readonly hasHtml: boolean;
  /** Draw a figure in the place of the last one; rejects with what is wrong with it. */
  draw(figure: Part, look: Look): Promise<void>;
  /** The figure as a PNG; null where that cannot be made. */
  picture(): Promise<Blob | null>;
}

/** The pixels of a picture for each of the figure's own. */
export const DENSITY = 2;

/** The policy lets no link lead anywhere, and its refusal would take the figure's place. */
const LINK = /<a\b/gi;

export const ROOT = document.getElementById("figure") ?? document.body;

export function serve(drawer: Drawer): void {
  addEventListener("message", ({ source, data }: MessageEvent<Part | null>) => {
    if (source !== parent || data === null) return;
    if (typeof data.figure === "string") void draw(drawer, data.figure, data.look as Look);
    else if ("picture" in data) void answer(drawer);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") send({ escape: true });
  });
  new ResizeObserver(() => {
    send({ height: ROOT.getBoundingClientRect().height });
  }).observe(ROOT);
  send({ ready: true });
}

export function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function partOf(value: unknown): Part {
  return isPart(value) ? value : {};
}

async function draw(drawer: Drawer, figure: string, look: Look): Promise<void> {
  document.documentElement.style.colorScheme = look.dark ? "dark" : "light";
  ROOT.style.height = look.large ? "100vh" : "";
  try {
    const text = drawer.hasHtml ? figure.replace(LINK, "<span") : figure;
    await drawer.draw(JSON.parse(text) as Part, look);
    send({ drawn: true });
  } catch (reason) {
    send({ drawn: true, error: reason instanceof Error ? reason.message : String(reason) });
  }
}

async function answer(drawer: Drawer): Promise<void> {
  // Whatever keeps the library from making one, there is none.
  send({ picture: await drawer.picture().catch(() => null) });
}

function send(message: Part): void {
  // The page's origin is not known here, and nothing that is sent is secret to who has sent the figure.
  parent.postMessage(message, "*");
}
