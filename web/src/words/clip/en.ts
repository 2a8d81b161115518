/** Words about sound and video that a visitor gives, which come with what takes them. */
export const englishClip = {
  preview: (label: string) => `Preview of ${label}`,
  unplayable: "This browser cannot play it. It is sent all the same, as a whole.",
  unmeasured: "Its length is not known here, so it cannot be trimmed. It is sent as a whole.",
  start: (label: string) => `Start of the part of ${label}`,
  end: (label: string) => `End of the part of ${label}`,
  takeAll: "Take all",
  fromBeginning: "From the beginning",
  audio: {
    invitation: "Drop a sound, or click to choose",
    chosen: "A sound is chosen.",
    refused: (file: string) => `${file} is no sound that is taken here.`,
  },
  video: {
    invitation: "Drop a video, or click to choose",
    chosen: "A video is chosen.",
    refused: (file: string) => `${file} is no video that is taken here.`,
  },
};

export type ClipWords = typeof englishClip;
