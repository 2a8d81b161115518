/** Words about several pictures that a visitor gives, which come with what shows them. */
export const englishGallery = {
  invitation: "Drop pictures, paste them, or click to choose",
  caption: "Caption",
  captionOf: (file: string) => `Caption of ${file}`,
  earlier: "Earlier",
  later: "Later",
  /** Read aloud: a button and its picture, and where the picture has gone. */
  moved: (words: string, file: string) => `${words}: ${file}`,
  placed: (file: string, place: number, all: number) => `${file} is now ${place} of ${all}`,
};

export type GalleryWords = typeof englishGallery;
