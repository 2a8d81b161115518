/** Words about points and boxes in a picture, which come with what takes them. */
export const englishLocation = {
  noPicture: "The picture appears here once there is one.",
  notLoaded: "The picture could not be loaded.",
  hint: {
    point: "Click into the picture, or type the numbers.",
    box: "Draw a box over the picture, or type the numbers.",
  },
  numbered: { point: (place: number) => `Point ${place}`, box: (place: number) => `Box ${place}` },
  /** Read aloud: where a place is, in pixels. */
  coordinates: {
    point: ({ x, y }: { readonly x: number; readonly y: number }) => `x ${x}, y ${y}`,
    box: ({ x, y, width, height }: Readonly<Record<"x" | "y" | "width" | "height", number>>) =>
      `x ${x}, y ${y}, ${width} × ${height}`,
  },
  sides: { x: "x", y: "y", width: "Width", height: "Height" },
  add: { point: "Add a point", box: "Add a box" },
  remove: (name: string) => `Remove ${name}`,
};

export type LocationWords = typeof englishLocation;
