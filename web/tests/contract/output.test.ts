import { expect, test } from "vitest";
import { output } from "../../src/contract/output.ts";

test("sound and video stream, and are taken away as the demo says, or as their kind usually is", () => {
  expect(output({ name: "a", type: "audio" }, "a")).toMatchObject({
    type: "audio",
    updates: "append",
    codec: "auto",
    download: "wav",
    autoplay: false,
  });
  expect(output({ name: "v", type: "video", codec: "aac", autoplay: true, fps: 12 }, "v")).toMatchObject({
    type: "video",
    codec: "aac",
    download: "mp4",
    autoplay: true,
    fps: 12,
  });
  expect(() => output({ name: "a", type: "audio", codec: "shellac" }, "a")).toThrow('found "shellac"');
});
