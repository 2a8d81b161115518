/** A video from the visitor. */
import { words } from "../../words.ts";
import { recordingKind } from "./recording-input.ts";

export const KIND = recordingKind("video", {
  medium: "video",
  device: "camera",
  rules: {
    accept: "video/*",
    typesOf: (type) => [type],
    refusal: (file) => words.files.video.refused(file),
  },
  texts: () => words.files.video,
});
