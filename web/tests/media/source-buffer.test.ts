import { beforeEach, expect, test, vi } from "vitest";
import { bufferOf, openSource } from "../../src/media/source-buffer.ts";

const GUESS = 'video/mp4; codecs="avc3.640028, flac"';
const REAL = 'video/mp4; codecs="avc3.64001e, flac"';
const IGNORED = { wantsMore: (): void => undefined, evicted: (): void => undefined };

/** A Media Source as far as making a buffer goes; `features` are those that not every browser has. */
class FakeSource extends EventTarget {
  readonly log: string[] = [];
  readonly sourceBuffers: object[] = [];
  readonly readyState = "open";
  readonly duration = NaN;
  refuses = false;

  constructor(private readonly features: object) {
    super();
  }

  addSourceBuffer(mime: string): object {
    if (this.refuses) throw new DOMException("full", "QuotaExceededError");
    this.log.push(`add ${mime}`);
    const buffer = Object.assign(new EventTarget(), { mode: "", appendWindowStart: 1 }, this.features);
    this.sourceBuffers.push(buffer);
    return buffer;
  }

  removeSourceBuffer(): void {
    this.log.push("remove");
    this.sourceBuffers.pop();
  }
}

beforeEach(() => {
  vi.spyOn(console, "debug").mockReturnValue(undefined);
  vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:x");
  vi.spyOn(URL, "revokeObjectURL").mockReturnValue(undefined);
});

async function opened(source: FakeSource): Promise<ReturnType<typeof openSource>> {
  const opening = openSource({ src: "" } as HTMLMediaElement, source as unknown as MediaSource, GUESS);
  source.dispatchEvent(new Event("sourceopen"));
  await opening.opened;
  return opening;
}

test("a buffer that was made ahead takes its real type where browsers can change it", async () => {
  const types: string[] = [];
  const source = new FakeSource({ changeType: (mime: string) => types.push(mime) });
  bufferOf(await opened(source), REAL, IGNORED);
  expect([source.log, types]).toEqual([[`add ${GUESS}`], [REAL]]);
});

test("it is made again where they cannot", async () => {
  const source = new FakeSource({});
  bufferOf(await opened(source), REAL, IGNORED);
  expect(source.log).toEqual([`add ${GUESS}`, "remove", `add ${REAL}`]);
});

test("a right guess is kept, and a refused one is made good later", async () => {
  const right = new FakeSource({});
  bufferOf(await opened(right), GUESS, IGNORED);
  expect(right.log).toEqual([`add ${GUESS}`]);
  const refusing = new FakeSource({});
  refusing.refuses = true;
  const opening = await opened(refusing);
  refusing.refuses = false;
  bufferOf(opening, REAL, IGNORED);
  expect(refusing.log).toEqual([`add ${REAL}`]);
});

test("a source without a live range plays without one", async () => {
  const source = new FakeSource({});
  const buffer = bufferOf(await opened(source), GUESS, IGNORED);
  expect(() => {
    buffer.extendTo(5);
  }).not.toThrow();
});
