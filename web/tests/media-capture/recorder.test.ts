// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { Recorder, type Hardware, type Phase } from "../../src/media-capture/recorder.ts";
import { explainRefusal } from "../../src/media-capture/refusal.ts";

/** A device as a browser would give it: what it is asked, and whether it runs. */
class Device implements Hardware {
  wanted: MediaStreamConstraints[] = [];
  stopped = 0;
  refusals: Error[] = [];
  tape = new EventTarget() as EventTarget & {
    state: RecordingState;
    mimeType: string;
    start: () => void;
    stop: () => void;
  };

  readonly open = (wanted: MediaStreamConstraints): Promise<MediaStream> => {
    this.wanted.push(wanted);
    const refusal = this.refusals.shift();
    if (refusal !== undefined) return Promise.reject(refusal);
    const track = { stop: () => (this.stopped += 1) };
    return Promise.resolve({ getTracks: () => [track] } as unknown as MediaStream);
  };

  readonly recorder = (_stream: MediaStream, format: string): MediaRecorder => {
    const { tape } = this;
    tape.mimeType = format;
    tape.start = () => (tape.state = "recording");
    tape.stop = () => {
      tape.state = "inactive";
      this.give("the end");
      tape.dispatchEvent(new Event("stop"));
    };
    return tape as unknown as MediaRecorder;
  };

  give(data: string): void {
    this.tape.dispatchEvent(Object.assign(new Event("dataavailable"), { data: new Blob([data]) }));
  }
}

let device: Device;
let phases: Phase[];
let recorder: Recorder;

beforeEach(() => {
  device = new Device();
  phases = [];
  recorder = new Recorder("audio", device, () => phases.push(recorder.phase));
});

test("a recording goes through its phases, and the device is let go at its end", async () => {
  expect(await recorder.open()).toBe(true);
  recorder.begin("audio/webm;codecs=opus");
  device.give("the beginning, ");
  const file = await recorder.end();
  expect(phases).toEqual(["asking", "ready", "recording", "ending", "idle"]);
  expect([file?.name, file?.type, file?.size]).toEqual(["recording.webm", "audio/webm", 22]);
  expect(device.stopped).toBe(1);
  expect(recorder.stream).toBe(null);
});

test("what was closed while the visitor was asked is let go as soon as it is granted", async () => {
  const opening = recorder.open();
  recorder.close();
  expect(await opening).toBe(false);
  expect(device.stopped).toBe(1);
  expect(phases).toEqual(["asking", "idle"]);
});

test("a recording that is dropped gives nothing, and the device is let go", async () => {
  await recorder.open();
  recorder.begin("audio/mp4");
  recorder.close();
  expect(await recorder.end()).toBe(null);
  expect([device.stopped, device.tape.state, recorder.phase]).toEqual([1, "inactive", "idle"]);
});

test("nothing is recorded before the device is there", async () => {
  recorder.begin("audio/mp4");
  expect(recorder.phase).toBe("idle");
  expect(await recorder.end()).toBe(null);
});

test("a device that was pulled out leaves what was recorded", async () => {
  await recorder.open();
  recorder.begin("audio/webm");
  device.give("something");
  device.tape.state = "inactive";
  expect((await recorder.end())?.size).toBe(9);
});

test("a refusal leads back to the beginning", async () => {
  const denied = new DOMException("no", "NotAllowedError");
  device.refusals = [denied];
  await expect(recorder.open()).rejects.toBe(denied);
  expect(phases).toEqual(["asking", "idle"]);
});

test("a camera without a microphone is still a camera", async () => {
  recorder = new Recorder("video", device, () => undefined);
  device.refusals = [new DOMException("no", "NotFoundError")];
  expect(await recorder.open()).toBe(true);
  expect(device.wanted).toEqual([{ video: true, audio: true }, { video: true }]);
});

test("each refusal is explained in plain words, with what to do", () => {
  const explained = (name: string): string => explainRefusal("video", new DOMException("", name));
  expect(explained("NotAllowedError")).toBe(
    "This page may not use the camera. Allow it in the browser, beside the address, and try again.",
  );
  expect(explained("NotFoundError")).toBe("There is no camera here. Connect one, or choose a file.");
  expect(explained("SecurityError")).toBe("The camera can be used over https only. Choose a file instead.");
  expect(explained("NotReadableError")).toBe("The camera cannot be used now: another program may have it.");
  expect(explainRefusal("audio", new Error("broken"))).toBe("The microphone cannot be used. broken");
});
