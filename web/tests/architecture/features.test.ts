/** What not every browser has is used in one place, which looks for it first. */
import { expect, test } from "vitest";
import { readTree } from "./imports.ts";

/** Each with the file that uses it, and how that file looks for it. */
const OPTIONAL = [
  [".changeType(", "media/source-buffer.ts", '"changeType" in'],
  [".setLiveSeekableRange(", "media/source-buffer.ts", '"setLiveSeekableRange" in'],
  [".requestFullscreen(", "components/full-screen.ts", '"requestFullscreen" in'],
  ["navigator.clipboard", "components/copy-button.ts", '"clipboard" in navigator'],
  ["navigator.canShare(", "components/outputs/picture-viewer.ts", '"canShare" in navigator'],
  ["navigator.mediaDevices", "media-capture/devices.ts", "devices === undefined"],
  ["MediaRecorder.isTypeSupported", "media-capture/formats.ts", "typeof MediaRecorder"],
  ["scope.MediaSource", "media/codecs.ts", "?? scope.ManagedMediaSource ?? null"],
] as const;

const tree = readTree(new URL("../../src", import.meta.url).pathname);

test.each(OPTIONAL)("%s is used where a browser has it", (use, file, look) => {
  const users = [...tree].filter(([, text]) => text.includes(use)).map(([path]) => path);
  expect(users).toContain(file);
  expect(tree.get(file)).toContain(look);
  // Elsewhere it is handed on, as the scope is.
  expect(users.filter((path) => path !== file && !path.startsWith("media/"))).toEqual([]);
});
