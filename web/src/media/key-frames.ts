/**
 * Finds the frames of a segment that can be decoded without those before: where playback can start.
 *
 *     moof > traf > tfhd track, default flags   tfdt decode time   trun flags, durations and offsets of each sample
 *
 * A segment has several `moof` where decode times do not simply follow from durations. Source: ISO/IEC 14496-12.
 */
const NOT_SYNC = 0x1_0000;

interface Box {
  readonly type: string;
  readonly body: DataView;
}

/** When each of them is shown, in seconds after the segment's first frame; `timescale` is the track's. */
export function keyOffsets(segment: ArrayBuffer, track: number, timescale: number): readonly number[] {
  const times: { readonly at: number; readonly isKey: boolean }[] = [];
  for (const moof of boxesOf(new DataView(segment), "moof")) {
    for (const traf of boxesOf(moof, "traf")) readTrack(traf, track, times);
  }
  const first = Math.min(...times.map(({ at }) => at));
  return times.filter(({ isKey }) => isKey).map(({ at }) => (at - first) / timescale);
}

function readTrack(traf: DataView, track: number, times: { at: number; isKey: boolean }[]): void {
  const header = boxesOf(traf, "tfhd")[0];
  if (header?.getUint32(4) !== track) return;
  const defaults = readDefaults(header);
  let decode = readDecodeTime(traf);
  for (const run of boxesOf(traf, "trun")) decode = readRun(run, defaults, decode, times);
}

interface Defaults {
  readonly duration: number;
  readonly flags: number;
}

function readDefaults(header: DataView): Defaults {
  const present = header.getUint32(0) & 0xff_ffff;
  let at = 8;
  const readField = (flag: number, size: number): number => {
    if ((present & flag) === 0) return 0;
    at += size;
    return header.getUint32(at - 4);
  };
  readField(0x1, 8);
  readField(0x2, 4);
  const duration = readField(0x8, 4);
  readField(0x10, 4);
  return { duration, flags: readField(0x20, 4) };
}

function readDecodeTime(traf: DataView): number {
  const time = boxesOf(traf, "tfdt")[0];
  if (time === undefined) return 0;
  const isLong = time.getUint8(0) === 1;
  return isLong ? Number(time.getBigUint64(4)) : time.getUint32(4);
}

function readRun(
  run: DataView,
  defaults: Defaults,
  begin: number,
  times: { at: number; isKey: boolean }[],
): number {
  const present = run.getUint32(0) & 0xff_ffff;
  const count = run.getUint32(4);
  let at = 8 + (present & 0x1 ? 4 : 0);
  const firstFlags = present & 0x4 ? run.getUint32(at) : null;
  if (firstFlags !== null) at += 4;
  let decode = begin;
  const readField = (flag: number, otherwise: number): number => {
    if ((present & flag) === 0) return otherwise;
    at += 4;
    return run.getInt32(at - 4);
  };
  for (let index = 0; index < count; index += 1) {
    const duration = readField(0x100, defaults.duration);
    readField(0x200, 0);
    const flags = readField(0x400, index === 0 && firstFlags !== null ? firstFlags : defaults.flags);
    times.push({ at: decode + readField(0x800, 0), isKey: (flags & NOT_SYNC) === 0 });
    decode += duration;
  }
  return decode;
}

function boxesOf(view: DataView, type: string): readonly DataView[] {
  return [...walk(view)].filter((box) => box.type === type).map(({ body }) => body);
}

function* walk(view: DataView): Generator<Box> {
  let at = 0;
  while (at + 8 <= view.byteLength) {
    const size = view.getUint32(at);
    if (size < 8 || at + size > view.byteLength) return;
    const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)));
    yield { type, body: new DataView(view.buffer, view.byteOffset + at + 8, size - 8) };
    at += size;
  }
}
