import { shippedName } from "../../../src/client/file-address.ts";
import { expect, test } from "vitest";

test("a file that the demo brings along has a name, and an upload of an earlier page has none", () => {
  expect(shippedName({ file: "demos/samples/lion.jpg" })).toBe("lion.jpg");
  expect(shippedName({ file: "lion.jpg", start_s: 1 })).toBe("lion.jpg");
  expect(shippedName({ file: "0f3a" })).toBeNull();
  expect(shippedName(null)).toBeNull();
});
