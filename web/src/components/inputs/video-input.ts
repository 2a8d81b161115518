/** A video from the visitor. */
import { recordingKind } from "./recording-input.ts";

export const VIDEO = recordingKind("video", {
  medium: "video",
  device: "webcam",
  rules: {
    accept: "video/*",
    typesOf: (type) => [type],
    refusal: (name) => `${name} is no video that is taken here.`,
  },
  words: { invitation: "Drop a video, or click to choose", chosen: "A video is chosen." },
});
