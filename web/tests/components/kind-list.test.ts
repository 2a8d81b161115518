import { expect, test, vi } from "vitest";
import { byName, KindList } from "../../src/components/kind-list.ts";

const KNOWN = { type: "known" };
const LATE = { type: "late" };
const UNKNOWN = { type: "" };

function listOf(load: () => Promise<{ type: string }>): KindList<{ type: string }> {
  return new KindList([KNOWN], { late: load }, UNKNOWN);
}

test("a kind that is loaded later is unknown until then, and is loaded once", async () => {
  const load = vi.fn(() => Promise.resolve(LATE));
  const kinds = listOf(load);
  expect(["known", "late", "new"].map(kinds.of)).toEqual([KNOWN, UNKNOWN, UNKNOWN]);
  await kinds.load(["late", "late", "known", "new", "constructor"]);
  await kinds.load(["late"]);
  expect(kinds.of("late")).toBe(LATE);
  expect(load).toHaveBeenCalledTimes(1);
  expect(kinds.names).toEqual(["known", "late"]);
});

test("a kind that cannot be loaded stays unknown, and is tried again", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  let isThere = false;
  const kinds = listOf(() => (isThere ? Promise.resolve(LATE) : Promise.reject(new TypeError("gone"))));
  await kinds.load(["late"]);
  expect(kinds.of("late")).toBe(UNKNOWN);
  expect(said).toHaveBeenCalledOnce();
  isThere = true;
  await kinds.load(["late"]);
  expect(kinds.of("late")).toBe(LATE);
  said.mockRestore();
});

test("files are found by the names of their kinds", () => {
  expect(byName({ "./image_compare-output.ts": 1, "./model3d-input.ts": 2 })).toEqual({
    image_compare: 1,
    model3d: 2,
  });
});
