/**
 * One recording from a microphone or a camera: requests the device, records, and always releases it.
 *
 *     idle --open--> asking --> ready --begin--> recording --end--> ending --> idle
 *
 * `close` leads to idle from every phase. The device is stopped on each way there, so that the browser no longer
 * shows it as running.
 */
import { hasPictures, type Medium } from "../contract/medium.ts";
import { mediaDevices } from "./devices.ts";
import { bareType, recordingName } from "./formats.ts";

export type Phase = "idle" | "asking" | "ready" | "recording" | "ending";

/** The browser's functions, as an argument, so that tests need no devices. */
export interface Hardware {
  readonly open: (wanted: MediaStreamConstraints) => Promise<MediaStream>;
  readonly recorder: (stream: MediaStream, format: string) => MediaRecorder;
}

/** How often recorded data is delivered: a recorder that fails loses at most this much. */
const SLICE_MS = 1000;

export const BROWSER: Hardware = {
  open: (wanted) => mediaDevices().then((devices) => devices.getUserMedia(wanted)),
  recorder: (stream, format) => new MediaRecorder(stream, { mimeType: format }),
};

export class Recorder {
  phase: Phase = "idle";
  /** The open device; null when there is none. */
  stream: MediaStream | null = null;
  private recorder: MediaRecorder | null = null;
  private slices: Blob[] = [];
  private format = "";
  /** Counts calls of `open`, so that a device that is granted too late is released. */
  private turn = 0;

  constructor(
    private readonly medium: Medium,
    private readonly hardware: Hardware,
    private readonly changed: () => void,
  ) {}

  /** Request the device; false when `close` came first. Rejects with the browser's error. */
  async open(): Promise<boolean> {
    this.close();
    const turn = this.turn;
    this.move("asking");
    try {
      const stream = await this.ask();
      if (turn !== this.turn) {
        release(stream);
        return false;
      }
      this.stream = stream;
      this.move("ready");
      return true;
    } catch (reason) {
      if (turn !== this.turn) return false;
      this.move("idle");
      throw reason;
    }
  }

  /** Record from the open device in this format. */
  begin(format: string): void {
    if (this.phase !== "ready" || this.stream === null) return;
    this.slices = [];
    this.format = format;
    this.recorder = this.hardware.recorder(this.stream, format);
    this.recorder.addEventListener("dataavailable", ({ data }) => {
      if (data.size > 0) this.slices.push(data);
    });
    this.recorder.start(SLICE_MS);
    this.move("recording");
  }

  /** End the recording; null when there is none, or when `close` was called meanwhile. */
  async end(): Promise<File | null> {
    const { recorder, turn } = this;
    if (this.phase !== "recording" || recorder === null) return null;
    this.move("ending");
    // The recorder of an unplugged device has stopped already.
    if (recorder.state !== "inactive") {
      const stopped = new Promise((resolve) => {
        recorder.addEventListener("stop", resolve, { once: true });
      });
      recorder.stop();
      await stopped;
    }
    if (turn !== this.turn) return null;
    const type = bareType(recorder.mimeType === "" ? this.format : recorder.mimeType);
    const file = new File(this.slices, recordingName(type), { type });
    this.close();
    return file.size === 0 ? null : file;
  }

  /** Release the device and drop what was recorded. */
  close(): void {
    this.turn += 1;
    if (this.recorder?.state === "recording") this.recorder.stop();
    if (this.stream !== null) release(this.stream);
    this.recorder = null;
    this.stream = null;
    this.slices = [];
    if (this.phase !== "idle") this.move("idle");
  }

  private async ask(): Promise<MediaStream> {
    if (!hasPictures(this.medium)) return this.hardware.open({ audio: true });
    try {
      return await this.hardware.open({ video: true, audio: true });
    } catch (reason) {
      // The machine may have a camera and no microphone.
      if (reason instanceof DOMException && reason.name === "NotFoundError")
        return this.hardware.open({ video: true });
      throw reason;
    }
  }

  private move(phase: Phase): void {
    this.phase = phase;
    this.changed();
  }
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
