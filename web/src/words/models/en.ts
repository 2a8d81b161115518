/** Words about 3D models, which come with what shows them. */
export const englishModels = {
  invitation: "Drop a 3D model, or click to choose",
  chosen: "A 3D model is chosen.",
  refused: (file: string) => `${file} is no 3D model that is taken here.`,
  loading: "Loading the 3D model…",
  view: (label: string) => `${label}, a 3D model`,
  triangles: (amount: string) => `Triangles: ${amount}`,
  points: (amount: string) => `Points: ${amount}`,
  outside: (amount: string) => `Files that it refers to and that are not loaded: ${amount}`,
  keys: "Drag to turn it, with the right button or two fingers to move it. Arrow keys turn it, with Shift they move it; plus and minus zoom, 0 resets the view.",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  reset: "Reset the view",
  trouble: {
    noWebgl: "This browser cannot draw in 3D here: WebGL is missing or switched off.",
    damaged: "The file is damaged, or is not a 3D model that can be shown.",
    compressed: "The file is compressed in a way that cannot be shown here.",
    outside: "The shapes are in another file, which is not loaded.",
    nothing: "There is no shape in the file.",
    notLoaded: "The 3D model could not be loaded.",
    lost: "The browser has stopped drawing in 3D. Reload the page to see it again.",
  },
};

export type ModelWords = typeof englishModels;
