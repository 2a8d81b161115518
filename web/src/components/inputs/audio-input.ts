/** Sound from the visitor. */
import { recordingKind } from "./recording-input.ts";

export const AUDIO = recordingKind("audio", {
  medium: "audio",
  device: "microphone",
  rules: {
    accept: "audio/*",
    // A video's file may hold sound, and only the sound is used.
    typesOf: (type) => [type, type.replace("video/", "audio/")],
    refusal: (name) => `${name} is no sound that is taken here.`,
  },
  words: { invitation: "Drop a sound, or click to choose", chosen: "A sound is chosen." },
});
