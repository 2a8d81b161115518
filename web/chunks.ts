/**
 * Files of the page that are loaded together: without this, what several chunks share would be one more request each.
 *
 * What each chunk weighs is in `docs/architecture/04-page.md`.
 */

interface Chunk {
  readonly name: string;
  /** Modules by their path; what they import goes with them. */
  readonly test: RegExp;
  /** Where two would have the same module, the higher one has it. */
  readonly priority: number;
}

export const CHUNKS: Chunk[] = [
  // What all pages load, and what is too small to be a request of its own.
  {
    name: "page",
    test: /\/src\/(?:main|media\/decoded-sound|components\/(?:inputs\/typed-text|outputs\/tones))\.ts$|\/node_modules\/(?:@lit|lit|lit-[a-z]+)\//,
    priority: 2,
  },
  { name: "uploads", test: /\/inputs\/image-input\.ts$/, priority: 1 },
  { name: "files", test: /\/inputs\/file-(?:input|series)\.ts$/, priority: 0 },
  { name: "recording", test: /\/inputs\/(?:audio|video)-input\.ts$/, priority: 0 },
  { name: "drawing", test: /\/inputs\/(?:mask|sketch)-pad\.ts$/, priority: 0 },
  { name: "findings", test: /\/components\/findings\.ts$/, priority: 0 },
  { name: "moments", test: /\/inputs\/(?:date|datetime|time)-input\.ts$/, priority: 0 },
  { name: "code-fields", test: /\/inputs\/(?:code|json)-input\.ts$/, priority: 0 },
  { name: "pictures", test: /\/outputs\/(?:annotated_image|gallery|image_compare)-output\.ts$/, priority: 0 },
  { name: "models", test: /\/(?:inputs\/model3d-input|outputs\/model3d-output)\.ts$/, priority: 0 },
  { name: "media", test: /\/outputs\/(?:audio|video)-output\.ts$/, priority: 0 },
];
