/** Words about players of sound and video, which come with what shows them. */
export const englishPlayer = {
  play: "Play",
  pause: "Pause",
  soundOn: "Sound on",
  soundOff: "Sound off",
  live: "Live",
  fromStart: "From the start",
  position: (label: string) => `Position in ${label}`,
  downloadIt: "Download it",
  connectionLost: "The connection is lost, trying again…",
  /** What a player that should play is waiting for. */
  stalls: {
    more: "Waiting for more: the demo has not sent the next part yet.",
    loading: "The next part is on its way…",
    late: "It has not begun to play: its beginning has not arrived, or this browser does not open it.",
    stuck: "It is here, but this browser does not play it on.",
  },
  noFullScreen: "This browser does not show it full screen.",
  /** Read aloud: where the player is, and how much there is. */
  momentOf: (position: string, end: string) => `${position} of ${end}`,
  unplayable: "This browser could not play it.",
  unplayableType: (mime: string) => `This browser does not play ${mime}.`,
  noDevice: "There is no device to play sound on. Connect one and run again.",
  failed: "Something went wrong while playing it.",
  undecodable: "This browser could not decode a part of the stream.",
  streamGone: "The server does not have this stream any more.",
  restGone: "The server does not have the rest of this stream any more.",
};

export type PlayerWords = typeof englishPlayer;
