/** A picture that is shown, and what it is called. */
export interface Picture {
  readonly url: string;
  /** The name that a copy of it has. */
  readonly file: string;
  readonly name: string;
}

/** Pictures up to this size are shown with sharp pixels when enlarged. */
const SMALL_PX = 128;

/** Decide how the pixels of a loaded picture are enlarged. */
export function chooseScaling(image: HTMLImageElement): void {
  image.classList.toggle("pixels", Math.max(image.naturalWidth, image.naturalHeight) <= SMALL_PX);
}
