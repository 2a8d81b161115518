/** Sound from the visitor. */
import { clipWords } from "./clip-words.ts";
import { recordingKind } from "./recording-input.ts";

export const KIND = recordingKind("audio", {
  medium: "audio",
  device: "microphone",
  rules: {
    accept: "audio/*",
    // A video's file may hold sound, and only the sound is used.
    typesOf: (type) => [type, type.replace("video/", "audio/")],
    refusal: (file) => clipWords().audio.refused(file),
  },
  texts: () => clipWords().audio,
});
