/**
 * Files as one zip archive, stored without compression: what is large is compressed already.
 *
 * Source: PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16. Names are UTF-8, all different, and no path.
 */

export interface ZipFile {
  readonly name: string;
  readonly content: ArrayBuffer;
}

/** What the format's fields of 16 and 32 bits hold, with much to spare: the archive is made in memory. */
export const MOST_FILES = 10_000;
export const MOST_BYTES = 1_000_000_000;

const UTF8 = 0x0800;
/** The first of January 1980: files of a run have no time of their own. */
const DATE = 0x0021;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const UNSAFE = /[\\/:*?"<>|\p{Cc}]/gu;

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

export function zip(files: readonly ZipFile[]): Blob {
  const names = distinct(files.map(({ name }) => name)).map((name) => new TextEncoder().encode(name));
  const parts: BlobPart[] = [];
  const central: BlobPart[] = [];
  let offset = 0;
  let centralBytes = 0;
  files.forEach(({ content }, index) => {
    const name = names[index] ?? new Uint8Array();
    const facts = [UTF8, 0, 0, DATE] as const;
    const sizes = [crcOf(new Uint8Array(content)), content.byteLength, content.byteLength] as const;
    parts.push(record(LOCAL_BYTES, 0x04034b50, [20, ...facts], sizes, [name.length, 0]), name, content);
    const tail = [name.length, 0, 0, 0, 0] as const;
    central.push(record(CENTRAL_BYTES, 0x02014b50, [20, 20, ...facts], sizes, tail, [0, offset]), name);
    offset += LOCAL_BYTES + name.length + content.byteLength;
    centralBytes += CENTRAL_BYTES + name.length;
  });
  const counts = [0, 0, files.length, files.length];
  const end = record(END_BYTES, 0x06054b50, counts, [centralBytes, offset], [0]);
  return new Blob([...parts, ...central, end], { type: "application/zip" });
}

/** Names without paths, of which no two are the same, also where a system ignores case. */
export function distinct(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const clean = name.replace(UNSAFE, "_").replace(/^\.+$/, "_") || "_";
    const [, stem = clean, suffix = ""] = /^(.+?)(\.[^.]*)?$/u.exec(clean) ?? [];
    let free = clean;
    for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${stem} (${number})${suffix}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

export function crcOf(content: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of content) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** A record: its signature, then runs of fields, of 16 and of 32 bits by turns. */
function record(
  size: number,
  signature: number,
  ...runs: readonly (readonly number[])[]
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  let at = 4;
  runs.forEach((fields, index) => {
    for (const field of fields) {
      if (index % 2 === 0) view.setUint16(at, field, true);
      else view.setUint32(at, field, true);
      at += index % 2 === 0 ? 2 : 4;
    }
  });
  return bytes;
}
