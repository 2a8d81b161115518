/** One case for each kind of output: `kinds.test.ts` tries every kind with it. */
import type { Json } from "../../../src/contract/json.ts";

export interface OutputCase {
  /** The kind's own keys, as the server sends them. */
  readonly keys?: Readonly<Record<string, Json>>;
  readonly value: Json;
  /** What a visitor reads of the value, or finds in the page's elements. */
  readonly shown: string | { readonly element: string };
  /** A value of a shape that the kind does not have. */
  readonly misfit: Json;
  /** What is said of the value's size. */
  readonly size?: string;
  /** The text that is copied, or the name of the file that is downloaded. */
  readonly copied?: string;
  readonly downloaded?: string;
}

const BLOB = { blob: "d", size: 9 };
const LIST = [
  { role: "user", content: "Why?" },
  { role: "assistant", content: "so it is" },
];

export const OUTPUT_CASES: Readonly<Record<string, OutputCase>> = {
  annotated_image: {
    value: {
      image: { ...BLOB, mime: "image/webp", width: 8, height: 4 },
      areas: [
        { box: [0, 1, 4, 3], mask: null, label: "cat" },
        { box: null, mask: { ...BLOB, mime: "image/webp" }, label: "dog" },
      ],
    },
    shown: "cat cat 1 dog 1",
    misfit: { image: "flat", areas: [] },
    size: "2 areas",
  },
  audio: {
    value: { ...BLOB, mime: "audio/wav", duration_s: 4.5 },
    shown: { element: "gs-audio-output" },
    misfit: "loud",
    size: "4.5 s of sound",
    downloaded: "out.wav",
  },
  chart: {
    keys: { kind: "line" },
    value: {
      x: "step",
      y: ["loss"],
      color: null,
      rows: [
        [0, 0.5],
        [1, null],
      ],
    },
    shown: { element: "gs-chart-output" },
    misfit: "flat",
    size: "2 rows",
    copied: "step,loss\r\n0,0.5\r\n1,",
  },
  chat: { value: LIST, shown: "Why? so it is", misfit: [5], size: "3 words" },
  code: {
    keys: { language: "python" },
    value: "a\nb\n",
    shown: "a b",
    misfit: { a: 1 },
    size: "2 lines",
    copied: "a\nb\n",
  },
  file: {
    value: [{ name: "answers.csv", blob: "d", mime: "application/octet-stream", size: 1200 }],
    shown: "answers.csv 1.2 kB",
    misfit: "answers.csv",
    size: "1 file",
  },
  model3d: {
    keys: { height: 360, background: "#1e293b", wireframe: false },
    value: { ...BLOB, name: "ring.glb", mime: "model/gltf-binary", size: 1200 },
    shown: { element: "gs-model-view .model-stage" },
    misfit: "flat",
    size: "1.2 kB",
    downloaded: "ring.glb",
  },
  gallery: {
    keys: { columns: 2 },
    value: [{ image: { ...BLOB, mime: "image/webp" }, caption: "A heron" }],
    shown: "A heron",
    misfit: "flat",
    size: "1 picture",
  },
  highlighted_text: {
    keys: { legend: true },
    value: [
      { text: "Ada", label: "person" },
      { text: " wrote", label: null },
    ],
    shown: "person Adaperson wrote",
    misfit: "plain",
    size: "2 words",
    copied: "Ada wrote",
  },
  html: {
    value: "<b>bold</b>",
    shown: { element: "gs-html-output" },
    misfit: 7,
    copied: "<b>bold</b>",
  },
  image: {
    value: { ...BLOB, mime: "image/jpeg" },
    shown: { element: "gs-image-output" },
    misfit: "flat",
    downloaded: "out.jpg",
  },
  image_compare: {
    value: { before: { ...BLOB, mime: "image/webp" }, after: { ...BLOB, mime: "image/webp" } },
    shown: { element: "input[type=range]" },
    misfit: "flat",
  },
  json: { value: { a: [1] }, shown: "a: [1] 0: 1", misfit: 7, copied: '{\n  "a": [\n    1\n  ]\n}' },
  log: {
    value: [
      { level: "info", text: "reading", time: null },
      { level: "error", text: "no such row", time: null },
    ],
    shown: "info: reading error: no such row",
    misfit: "reading",
    size: "2 lines",
    copied: "reading\nerror: no such row",
  },
  markdown: { value: "plain words", shown: "plain words", misfit: 7, size: "2 words", copied: "plain words" },
  metric: {
    keys: { unit: "%", precision: 1, better: "down" },
    value: { value: 91.5, delta: -0.25 },
    shown: "91.5 % down by -0.3 %",
    misfit: "good",
    copied: "91.5",
  },
  number: {
    keys: { unit: "m/s", precision: 2 },
    value: 1234.5,
    shown: "1,234.50 m/s",
    misfit: "fast",
    copied: "1234.5",
  },
  plot: {
    value: { ...BLOB, mime: "image/png" },
    shown: { element: "gs-image-output" },
    misfit: { data: [] },
    downloaded: "out.png",
  },
  progress: {
    value: [{ label: "Epochs", fraction: 0.3, index: 3, total: 10, unit: "epochs" }],
    shown: "Epochs3 of 10 epochs · 30 %",
    misfit: "far",
  },
  scores: {
    keys: { top: 1 },
    value: [
      { label: "cat", score: 0.9 },
      { label: "dog", score: 0.001 },
    ],
    shown: "cat90.0 %",
    misfit: "cat",
    copied: JSON.stringify(
      [
        { label: "cat", score: 0.9 },
        { label: "dog", score: 0.001 },
      ],
      null,
      2,
    ),
  },
  table: {
    value: {
      columns: ["a", "b"],
      rows: [
        [1, "x"],
        [2, null],
      ],
    },
    shown: "ab 1x 2",
    misfit: [1],
    size: "2 rows",
    copied: "a,b\r\n1,x\r\n2,",
  },
  text: { value: "one two", shown: "one two", misfit: { a: 1 }, size: "2 words", copied: "one two" },
  video: {
    value: { ...BLOB, mime: "video/mp4", duration_s: 75 },
    shown: { element: "gs-video-output" },
    misfit: [1],
    size: "75 s of video",
    downloaded: "out.mp4",
  },
};
