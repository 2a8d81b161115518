/** A video from the visitor. */
import { clipWords } from "./clip-words.ts";
import { recordingKind } from "./recording-input.ts";

export const KIND = recordingKind("video", {
  medium: "video",
  device: "camera",
  rules: {
    accept: "video/*",
    typesOf: (type) => [type],
    refusal: (file) => clipWords().video.refused(file),
  },
  texts: () => clipWords().video,
});
