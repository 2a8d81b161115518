// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { EXACT, PHOTO, pictureName, pictureType } from "../../src/media-capture/picture-format.ts";
import { explainRefusal } from "../../src/media-capture/refusal.ts";
import { DEVICES, Viewfinder, type Devices } from "../../src/media-capture/viewfinder.ts";

/** Two cameras and a screen as a browser would give them: what is asked, and what runs. */
class Desk implements Devices {
  readonly wanted: (MediaTrackConstraints | "screen")[] = [];
  running = 0;
  refusals: Error[] = [];
  end: () => void = () => undefined;

  readonly camera = (wanted: MediaTrackConstraints): Promise<MediaStream> => {
    const { deviceId } = wanted;
    const exact = typeof deviceId === "object" && "exact" in deviceId ? String(deviceId.exact) : "front";
    return this.open(wanted, { deviceId: exact, facingMode: exact === "front" ? "user" : "environment" });
  };
  readonly screen = (): Promise<MediaStream> => this.open("screen", {});
  readonly cameras = (): Promise<readonly string[]> => Promise.resolve(["front", "back"]);

  private open(wanted: MediaTrackConstraints | "screen", settings: MediaTrackSettings): Promise<MediaStream> {
    this.wanted.push(wanted);
    const refusal = this.refusals.shift();
    if (refusal !== undefined) return Promise.reject(refusal);
    this.running += 1;
    const track = {
      stop: () => (this.running -= 1),
      getSettings: () => settings,
      addEventListener: (_: string, ended: () => void) => (this.end = ended),
    };
    return Promise.resolve({
      getTracks: () => [track],
      getVideoTracks: () => [track],
    } as unknown as MediaStream);
  }
}

let desk: Desk;
let ended: number;
let finder: Viewfinder;

beforeEach(() => {
  desk = new Desk();
  ended = 0;
  finder = new Viewfinder(desk, () => (ended += 1));
});

test("the camera is let go when it is left", async () => {
  expect(await finder.open("camera")).toBe(true);
  expect([desk.running, finder.cameras]).toEqual([1, ["front", "back"]]);
  finder.close();
  expect([desk.running, finder.stream]).toEqual([0, null]);
});

test("each switch opens the next camera and lets go of the one before, and only a front camera is a mirror", async () => {
  await finder.open("camera");
  expect(finder.isMirror).toBe(true);
  await finder.switch();
  expect([finder.isMirror, desk.running]).toEqual([false, 1]);
  await finder.switch();
  expect([finder.isMirror, desk.running]).toEqual([true, 1]);
  expect(desk.wanted.slice(1)).toMatchObject([
    { deviceId: { exact: "back" } },
    { deviceId: { exact: "front" } },
  ]);
});

test("what was closed while the visitor was asked is let go as soon as it is granted", async () => {
  const opening = finder.open("screen");
  finder.close();
  expect(await opening).toBe(false);
  expect(desk.running).toBe(0);
});

test("a camera that is unplugged is told of", async () => {
  await finder.open("camera");
  desk.end();
  expect(ended).toBe(1);
});

test("a refusal is passed on, and nothing runs", async () => {
  desk.refusals = [new DOMException("no", "NotAllowedError")];
  await expect(finder.open("camera")).rejects.toThrow("no");
  expect([desk.running, finder.stream]).toEqual([0, null]);
});

test.each([
  [
    "video",
    "NotAllowedError",
    "This page may not use the camera. Allow it in the browser, beside the address, and try again.",
  ],
  ["video", "NotFoundError", "There is no camera here. Connect one, or choose a file."],
  ["video", "SecurityError", "The camera can be used over https only. Choose a file instead."],
  ["screen", "NotAllowedError", "No screen, window or tab was chosen, so there is no picture."],
  ["screen", "NotFoundError", "This browser does not share its screen. Choose a file instead."],
  ["screen", "SecurityError", "The screen can be used over https only. Choose a file instead."],
] as const)("why there is no %s after a %s is told in words", (device, name, said) => {
  expect(explainRefusal(device, new DOMException("", name))).toBe(said);
});

test("an address that is not secure has no devices, which is told as such", async () => {
  // jsdom is a browser without devices.
  await expect(DEVICES.camera({})).rejects.toMatchObject({ name: "SecurityError" });
  await expect(DEVICES.screen()).rejects.toMatchObject({ name: "SecurityError" });
});

test("a picture is made in the first format that the input takes", () => {
  expect(pictureType("image/*", PHOTO)).toBe("image/jpeg");
  expect(pictureType("", EXACT)).toBe("image/png");
  expect(pictureType(".webp,.bmp", PHOTO)).toBe("image/webp");
  expect(pictureType("image/png", PHOTO)).toBe("image/png");
  expect(pictureType(".bmp", EXACT)).toBe("image/png");
  expect(pictureName("camera", "image/jpeg")).toBe("camera.jpg");
});
