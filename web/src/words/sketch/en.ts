/** Words about drawing, and masks, which come with what shows them. */
export const englishSketch = {
  canvas: (label: string) => `Drawing area of ${label}`,
  keys: "Arrow keys move the pen, with Shift in small steps. Space puts it down and lifts it.",
  down: "Pen down",
  up: "Pen up",
  tools: "Tools",
  pen: "Pen",
  eraser: "Eraser",
  width: "Width of the line",
  color: "Colour of the pen",
  undo: "Undo",
  redo: "Redo",
  clear: "Clear all",
  size: "Size of the drawing",
  mask: (label: string) => `Mask on ${label}`,
  noMask: "This browser cannot show the picture, so no mask can be painted on it. It is sent without one.",
};

export type SketchWords = typeof englishSketch;
