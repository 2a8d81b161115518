/**
 * The live picture of a camera or of a screen: requests it, takes one picture of it, and always releases it.
 *
 *     open(source) --> stream --take(type)--> picture
 *
 * `close` stops every track, so that the browser no longer shows the device as in use.
 */
import { mediaDevices } from "./devices.ts";
import { writePicture } from "./picture-format.ts";

export type Source = "camera" | "screen";

/** The browser's functions, as an argument, so that tests need no devices. */
export interface Devices {
  readonly camera: (wanted: MediaTrackConstraints) => Promise<MediaStream>;
  readonly screen: () => Promise<MediaStream>;
  /** The ids of all cameras. */
  readonly cameras: () => Promise<readonly string[]>;
}

/** Without a wish browsers open a camera at 640 x 480. */
const SHARP: MediaTrackConstraints = { width: { ideal: 1920 }, height: { ideal: 1080 } };

export const DEVICES: Devices = {
  camera: (wanted) => mediaDevices().then((found) => found.getUserMedia({ video: wanted })),
  screen: async () => {
    const found: Partial<MediaDevices> = await mediaDevices();
    if (found.getDisplayMedia === undefined) throw new DOMException("not served", "NotFoundError");
    return found.getDisplayMedia({ video: true });
  },
  cameras: async () => {
    const all = await (await mediaDevices()).enumerateDevices();
    return all.filter(({ kind }) => kind === "videoinput").map(({ deviceId }) => deviceId);
  },
};

export class Viewfinder {
  /** The open device; null when there is none. */
  stream: MediaStream | null = null;
  /** The ids of the cameras between which a visitor can switch. */
  cameras: readonly string[] = [];
  /** Counts calls of `open`, so that a device that is granted too late is released. */
  private turn = 0;

  constructor(
    private readonly devices: Devices,
    /** Called when the device ends by itself, because it was unplugged or is no longer shared. */
    private readonly ended: () => void,
  ) {}

  /** Request the device; false when `close` came first. Rejects with the browser's error. */
  async open(source: Source): Promise<boolean> {
    const isOpen = await this.request(() =>
      source === "screen" ? this.devices.screen() : this.devices.camera(SHARP),
    );
    // Browsers name the cameras only after one was granted.
    if (isOpen && source === "camera") this.cameras = await this.devices.cameras();
    return isOpen;
  }

  /** Open the next camera. */
  async switch(): Promise<boolean> {
    const next = after(this.cameras, this.settings.deviceId);
    return this.request(() => this.devices.camera({ ...SHARP, deviceId: { exact: next } }));
  }

  /** Whether the camera looks at the visitor, who then expects a mirror. */
  get isMirror(): boolean {
    return this.settings.facingMode === "user";
  }

  close(): void {
    this.turn += 1;
    if (this.stream !== null) release(this.stream);
    this.stream = null;
  }

  private get settings(): MediaTrackSettings {
    return this.stream?.getVideoTracks()[0]?.getSettings() ?? {};
  }

  private async request(open: () => Promise<MediaStream>): Promise<boolean> {
    // Phones open one camera at a time.
    this.close();
    const { turn } = this;
    const stream = await open();
    if (turn !== this.turn) {
      release(stream);
      return false;
    }
    this.stream = stream;
    for (const track of stream.getTracks()) track.addEventListener("ended", this.ended);
    return true;
  }
}

/** Take what the element shows as a picture of this type; of another type if the browser cannot write it. */
export async function takePicture(video: HTMLVideoElement, type: string): Promise<Blob> {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) throw new DOMException("no picture", "NotReadableError");
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return writePicture(canvas, type);
}

function after(all: readonly string[], one: string | undefined): string {
  return all[(all.indexOf(one ?? "") + 1) % all.length] ?? "";
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
