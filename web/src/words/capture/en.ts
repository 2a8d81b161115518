/** Words about microphones and cameras, which come with what uses them. */
type Device = "audio" | "video" | "screen";

const DEVICES: Readonly<Record<Device, string>> = { audio: "microphone", video: "camera", screen: "screen" };

export const englishCapture = {
  asking: "Waiting for your permission …",
  ready: "The camera is on",
  recording: "Recording",
  recordAgain: "Record again",
  cameraPicture: "What the camera sees",
  outOf: (longest: string) => ` of ${longest}`,
  stop: "Stop",
  stopFor: (label: string) => `Stop recording ${label}`,
  discard: "Discard",
  discardFor: (label: string) => `Discard the recording of ${label}`,
  notAllowed: (device: Device) =>
    `This page may not use the ${DEVICES[device]}. Allow it in the browser, beside the address, and try again.`,
  notSecure: (device: Device) => `The ${DEVICES[device]} can be used over https only. Choose a file instead.`,
  notFound: (device: Device) => `There is no ${DEVICES[device]} here. Connect one, or choose a file.`,
  notReadable: (device: Device) => `The ${DEVICES[device]} cannot be used now: another program may have it.`,
  failed: (device: Device, reason: string) => `The ${DEVICES[device]} cannot be used. ${reason}`.trim(),
  take: "Take the picture",
  switchCamera: "Switch to the next camera",
  leave: "Close",
  nothingShared: "No screen, window or tab was chosen, so there is no picture.",
  noScreens: "This browser does not share its screen. Choose a file instead.",
};

export type CaptureWords = typeof englishCapture;
