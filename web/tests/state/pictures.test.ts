import { beforeEach, expect, test, vi } from "vitest";
import { Pictures } from "../../src/state/pictures.ts";
import { NOTHING_SHOWN, type ShownValues } from "../../src/state/shown-values.ts";
import { Store } from "../../src/state/store.ts";
import type { Values } from "../../src/state/values.ts";

const RUN = "0".repeat(32);
const MADE = { blob: "abc", mime: "image/webp", size: 3 };
const revoked: string[] = [];

beforeEach(() => {
  let count = 0;
  revoked.length = 0;
  vi.spyOn(URL, "createObjectURL").mockImplementation(() => `blob:${++count}`);
  vi.spyOn(URL, "revokeObjectURL").mockImplementation((url) => void revoked.push(url));
});

function pictures(values: Values, shown: ShownValues = NOTHING_SHOWN): Pictures {
  return new Pictures("a.b", new Store(values), new Store(shown));
}

test("a picture is found by what its value names", () => {
  const shown = { values: { drawn: { value: MADE, run: RUN } }, owners: {} };
  const found = pictures(
    { photo: { file: "maps/a b.png" }, made: { file: `${RUN}/abc` }, none: null },
    shown,
  );
  expect(found.of("photo")).toBe("api/demos/a.b/files/maps/a%20b.png");
  expect(found.of("made")).toBe(`api/runs/${RUN}/blobs/abc`);
  expect(found.of("drawn")).toBe(`api/runs/${RUN}/blobs/abc`);
  expect(found.of("none")).toBeNull();
  expect(found.of("nothing")).toBeNull();
  expect(found.of("demos/town.png")).toBe("api/demos/a.b/files/demos/town.png");
});

test("an upload of this page is shown as long as it is a value", () => {
  const values = new Store<Values>({});
  const found = new Pictures("a.b", values, new Store(NOTHING_SHOWN));
  found.note("one", new Blob());
  values.set({ photo: { file: "one" } });
  expect(found.of("photo")).toBe("blob:1");
  found.note("two", new Blob());
  values.set({ photo: { file: "two" } });
  expect(found.of("photo")).toBe("blob:2");
  found.note("three", new Blob());
  expect(revoked).toEqual(["blob:1"]);
  values.set({ photo: { file: "earlier" } });
  expect(found.of("photo")).toBeNull();
});
