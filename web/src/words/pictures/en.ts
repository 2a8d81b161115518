/** Words about pictures that visitors make on the page. */
export const englishPictures = {
  invitation: "Drop a picture, paste one, or click to choose",
  chosen: "A picture is chosen.",
  remove: (label: string) => `Remove the picture of ${label}`,
  otherKind: (file: string) => `${file} is not a picture.`,
  refused: (file: string) => `${file} is not a picture that is taken here.`,
  dropped: "Drop a picture, or click to choose",
  pasted: "Click here, then paste a picture",
  useCamera: "Use the camera",
  useScreen: "Take a picture of the screen",
  draw: "Draw a picture",
  done: "Done",
};
