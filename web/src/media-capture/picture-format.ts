/** In which format a picture that is made on the page is sent, and writing it. */
import { admits } from "../contract/accept.ts";

const SUFFIXES: Readonly<Record<string, string>> = {
  "image/png": ".png",
  "image/jpeg": ".jpg",
  "image/webp": ".webp",
};

/** Photos are many times smaller with losses that nobody sees; what is drawn or read keeps its edges. */
export const PHOTO: readonly string[] = ["image/jpeg", "image/png", "image/webp"];
export const EXACT: readonly string[] = ["image/png", "image/webp", "image/jpeg"];

/** The first of these types that the input takes; the first of all when it takes none. */
export function pictureType(accept: string, types: readonly string[]): string {
  const fitting = types.find((type) => accept === "" || admits(accept, pictureName("", type), [type]));
  return fitting ?? types[0] ?? "image/png";
}

export function pictureName(name: string, type: string): string {
  return `${name}${SUFFIXES[type] ?? ""}`;
}

/** A quality at which nobody sees the losses of a photo. */
const QUALITY = 0.92;

export function writePicture(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => {
        if (blob === null) reject(new DOMException("too large a picture", "NotReadableError"));
        else resolve(blob);
      },
      type,
      QUALITY,
    );
  });
}
