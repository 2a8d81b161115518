/** One case for each kind of input: `kinds.test.ts` tries every kind with it. */
import type { Json } from "../../../src/contract/json.ts";

export interface InputCase {
  /** The kind's own keys, as the server sends them. */
  readonly keys?: Readonly<Record<string, Json>>;
  /** Values that can stay; the first is drawn. */
  readonly fits: readonly Json[];
  readonly misfits: readonly Json[];
  /** What the field shows of the first value that fits. */
  readonly shown: string;
  /** What a visitor enters or picks, and the value that it becomes. */
  readonly entry: string;
  readonly becomes: Json;
  /** Of a file that is picked. */
  readonly mime?: string;
  readonly facts?: { readonly takesFile?: boolean; readonly inLink?: string };
}

const CHOICES = [
  { value: 1, label: "One", description: "the first" },
  { value: "two", label: "two", description: null },
];
const FILE = { takesFile: true, inLink: "never" };

export const INPUT_CASES: Readonly<Record<string, InputCase>> = {
  audio: {
    fits: [{ file: "f", start_s: 1 }, null],
    misfits: ["a.mp3"],
    shown: "A sound is chosen.",
    entry: "a.mp3",
    mime: "audio/mpeg",
    becomes: { file: "id" },
    facts: FILE,
  },
  checkbox: {
    fits: [true, false],
    misfits: ["true", null],
    shown: "chosen Field",
    entry: "Field",
    becomes: true,
  },
  checkboxes: {
    keys: { choices: CHOICES },
    fits: [[1], ["two", 1], []],
    misfits: ["two", ["three"], null],
    shown: "chosen One",
    entry: "two",
    becomes: ["two"],
  },
  code: {
    keys: { language: "python", lines: 4, max_length: null, placeholder: null },
    fits: ["print(1)", ""],
    misfits: [1, null],
    shown: "print(1)",
    entry: "x = 2",
    becomes: "x = 2",
    facts: { inLink: "plain" },
  },
  color: {
    fits: ["#3366cc"],
    misfits: ["red", "#36C", "3366cc", null],
    shown: "#3366cc | #3366cc",
    entry: "#ff8800",
    becomes: "#ff8800",
    facts: { inLink: "plain" },
  },
  date: {
    keys: { minimum: "2026-01-01", maximum: null },
    fits: ["2026-05-17", null],
    misfits: ["17.5.2026", 2026, "2026-05-17T09:30"],
    shown: "from 2026-01-01 | 2026-05-17",
    entry: "2026-06-01",
    becomes: "2026-06-01",
    facts: { inLink: "plain" },
  },
  datetime: {
    keys: { minimum: null, maximum: null },
    fits: ["2026-05-17T09:30", "2026-05-17T09:30:15", null],
    misfits: ["2026-05-17", 0],
    shown: "2026-05-17T09:30",
    entry: "2026-06-01T10:00",
    becomes: "2026-06-01T10:00",
    facts: { inLink: "plain" },
  },
  dropdown: {
    keys: { choices: CHOICES },
    fits: [1, "two", null],
    misfits: ["three", [1]],
    shown: "One",
    entry: "two",
    becomes: "two",
  },
  file: {
    keys: {
      accept: [".csv"],
      max_size: 1000,
      multiple: false,
      folder: false,
      max_files: 200,
      max_total: 250_000_000,
      placeholder: null,
    },
    fits: [{ file: "f" }, null],
    misfits: ["a.csv", 1, [{ file: "f" }]],
    shown: "A file is chosen.",
    entry: "a.csv",
    mime: "text/csv",
    becomes: { file: "id" },
    facts: FILE,
  },
  model3d: {
    keys: { accept: [".glb", ".stl"], max_size: null, placeholder: null },
    fits: [{ file: "f" }, null],
    misfits: ["a.glb"],
    shown: "A 3D model is chosen.",
    entry: "a.glb",
    mime: "",
    becomes: { file: "id" },
    facts: FILE,
  },
  gallery: {
    keys: { accept: ["image/*"], max_size: null, captions: true, placeholder: null },
    fits: [[{ file: "f", caption: "Tom" }], [{ file: "f" }], []],
    misfits: ["cat.jpg", { file: "f" }, [null], [1]],
    shown: "A file is chosen. | Tom",
    entry: "a.png",
    mime: "image/png",
    becomes: [{ file: "id" }],
    facts: FILE,
  },
  image: {
    fits: [{ file: "f" }, null],
    misfits: ["C:/a.png", 1],
    shown: "A picture is chosen.",
    entry: "a.png",
    mime: "image/png",
    becomes: { file: "id" },
    facts: FILE,
  },
  json: {
    keys: { lines: 4, placeholder: null },
    fits: [{ size: 3 }, [1], 2, true, null, "{"],
    misfits: ["1", "[]"],
    shown: '"size": 3',
    entry: '{"a": [1]}',
    becomes: { a: [1] },
  },
  location: {
    keys: { picture: "photo", shape: "point", multiple: false },
    fits: [{ x: 12, y: 8 }, null],
    misfits: [
      [{ x: 1, y: 1 }],
      { x: 1 },
      { x: 1.5, y: 1 },
      { x: -1, y: 1 },
      { x: 1, y: 1, width: 2, height: 2 },
      "1,1",
    ],
    shown: "12 | 8",
    entry: "40",
    becomes: { x: 40, y: 0 },
  },
  message: {
    keys: { accept: null, max_size: null, max_length: null, placeholder: null },
    fits: [{ text: "Hi", files: [] }],
    misfits: ["Hi", null, { text: 1 }],
    shown: "Hi",
    entry: "a.png",
    mime: "image/png",
    becomes: { text: "", files: [{ file: "id", name: "a.png" }] },
    facts: { inLink: "never" },
  },
  number: {
    keys: { minimum: 0 },
    fits: [2.5, null, -1],
    misfits: ["2"],
    shown: "2.5",
    entry: "7",
    becomes: 7,
  },
  radio: {
    keys: { choices: CHOICES },
    fits: ["two", 1, null],
    misfits: ["three"],
    shown: "chosen two",
    entry: "One",
    becomes: 1,
  },
  slider: {
    keys: { minimum: 1, maximum: 5, integer: true, range: false },
    fits: [3, 1, 5],
    misfits: [0, 6, "3", null],
    shown: "3 | 3",
    entry: "4",
    becomes: 4,
  },
  table: {
    keys: {
      columns: [
        { name: "born", type: "integer", choices: [] },
        { name: "name", type: "text", choices: [] },
      ],
      max_rows: 10,
    },
    fits: [{ columns: ["name", "born"], rows: [["Ada", 1815]] }, [], null],
    misfits: ["Ada", [1], { columns: ["age"], rows: [] }, { columns: ["name"], rows: ["Ada"] }],
    shown: "1815 | Ada",
    entry: "1906",
    becomes: { columns: ["born", "name"], rows: [[1906, ""]] },
  },
  text: {
    fits: ["fox", ""],
    misfits: [1, null],
    shown: "fox",
    entry: "hare",
    becomes: "hare",
    facts: { inLink: "plain" },
  },
  time: {
    keys: { minimum: null, maximum: "18:00" },
    fits: ["09:30", "09:30:15", null],
    misfits: ["9:30 am", 9],
    shown: "up to 18:00 | 09:30",
    entry: "10:00",
    becomes: "10:00",
    facts: { inLink: "plain" },
  },
  toggle: {
    fits: [true, false],
    misfits: ["on", null],
    shown: "chosen Field",
    entry: "Field",
    becomes: true,
  },
  video: {
    fits: [{ file: "f" }, null],
    misfits: ["clip.mp4"],
    shown: "A video is chosen.",
    entry: "a.mp4",
    mime: "video/mp4",
    becomes: { file: "id" },
    facts: FILE,
  },
};
