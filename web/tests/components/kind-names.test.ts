/**
 * What a kind is, its own file says, and nobody else asks: its name is written in no other file of the page.
 *
 * A word that means something else where it stands is listed with its meaning; HTML, and what
 * `typeof` is compared with, is not counted.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const SOURCES = join(import.meta.dirname, "../../src");
const SCHEMAS = join(import.meta.dirname, "../../../schemas");

const OTHER_MEANINGS: Readonly<Record<string, readonly string[]>> = {
  // A key of a demo; an event that has no other name; the browser's media.
  "state/conversation.ts": ["chat"],
  "transport/sse.ts": ["message"],
  // What draws a part of a message.
  "components/outputs/chat-part.ts": ["file", "table"],
  // What a decoder expected, as its error words it.
  "contract/decode.ts": ["text"],
  // The browser's media, named as its elements are; how many files, and in French how many pictures, there are.
  "contract/medium.ts": ["audio", "video"],
  "components/inputs/snapshot.ts": ["video"],
  "words/en.ts": ["file"],
  "words/capture/en.ts": ["audio", "video"],
  "words/de.ts": ["audio", "video"],
  "words/fr.ts": ["audio", "video", "image"],
  "words/es.ts": ["audio", "video"],
  "words/pt.ts": ["audio", "video"],
  "words/zh.ts": ["audio", "video"],
  "words/ja.ts": ["audio", "video"],
  "words/ar.ts": ["audio", "video"],
  // A block of a layout, with Markdown; a key of a demo.
  "contract/layout.ts": ["text"],
  "components/layout/groups.ts": ["text"],
  "components/layout/layout-view.ts": ["text"],
  "state/layout.ts": ["chat"],
  // Events of a run, and the tab that lists them.
  "contract/event.ts": ["log", "progress"],
  "state/fold.ts": ["log", "progress"],
  "state/runner.ts": ["log"],
  "components/tabs/demo-tabs.ts": ["log"],
  // What the corners of a model have.
  "components/model3d/read-model.ts": ["color"],
  // A property of style sheets.
  "features.ts": ["color"],
  // The type of an HTML control.
  "components/inputs/options.ts": ["checkbox"],
  // What a cell of a table holds.
  "components/table-editor/cells.ts": ["checkbox", "date", "number", "text"],
  "components/table-editor/table-editor.ts": ["checkbox", "date", "number", "text"],
  "components/inputs/table-input.ts": ["checkbox", "date", "number", "text"],
  // The field of a form that is uploaded.
  "client/api.ts": ["file"],
  // A language whose code is coloured.
  "components/highlight/languages.ts": ["markdown"],
  // The seek bar's own event: play or pause.
  "components/media/seek-bar.ts": ["toggle"],
  // Messages between windows, and words of the libraries whose figures are drawn.
  "components/outputs/figure-frame.ts": ["message"],
  "components/outputs/figure.ts": ["color", "image", "text"],
  "figure-frames/frame.ts": ["message"],
  "figure-frames/bokeh.ts": ["number"],
  // Parts of Markdown and elements of HTML.
  "components/markdown/block-parser.ts": ["html", "table"],
  "components/markdown/block-starts.ts": ["html"],
  "components/markdown/block-view.ts": ["code", "html", "table", "text"],
  "components/markdown/block.ts": ["html", "table"],
  "components/markdown/draw-inlines.ts": ["code", "image", "text"],
  "components/markdown/emphasis.ts": ["text"],
  "components/markdown/html-blocks.ts": ["html", "table"],
  "components/markdown/inline-parser.ts": ["code", "image", "text"],
  "components/markdown/inline.ts": ["code", "image", "text"],
  "components/markdown/table-view.ts": ["table"],
  "components/markdown/tags.ts": ["audio", "code", "table", "video"],
};

const INPUTS = kindsIn("inputs");
const OUTPUTS = kindsIn("outputs");
const NAMES = new Set([...INPUTS, ...OUTPUTS]);
const OWN_FILES = new Set([
  ...INPUTS.map((name) => `components/inputs/${name}-input.ts`),
  ...OUTPUTS.map((name) => `components/outputs/${name}-output.ts`),
]);

function kindsIn(folder: string): readonly string[] {
  return readdirSync(join(SCHEMAS, folder)).map((file) => file.replace(".schema.json", ""));
}

/** The kinds' names that are written as strings in a file. */
function namesIn(file: string, source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && NAMES.has(node.text) && !isOtherwise(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return found;
}

/** Compared with what `typeof` answers, or HTML. */
function isOtherwise({ parent }: ts.Node): boolean {
  if (ts.isTaggedTemplateExpression(parent)) return true;
  return ts.isBinaryExpression(parent) && [parent.left, parent.right].some(ts.isTypeOfExpression);
}

test("each kind of the format has a file of its own", () => {
  const files = new Set(readdirSync(SOURCES, { recursive: true, encoding: "utf8" }));
  expect([...OWN_FILES].filter((file) => !files.has(file))).toEqual([]);
});

test("no other file of the page writes the name of a kind", () => {
  const found = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !OWN_FILES.has(file))
    .flatMap((file) =>
      namesIn(file, readFileSync(join(SOURCES, file), "utf8"))
        .filter((name) => !(OTHER_MEANINGS[file] ?? []).includes(name))
        .map((name) => `${file}: ${name}`),
    );
  expect(found).toEqual([]);
});

test("a name is found in conditions, types, lists and cases, and neither in HTML nor beside typeof", () => {
  const source = `
    type A = "audio" | "other";
    if (output.type === "chat" || typeof value === "number") switch (type) { case \`table\`: }
    const media = new Set(["video"]);
    const tag = literal\`video\`;
  `;
  expect(namesIn("a.ts", source)).toEqual(["audio", "chat", "table", "video"]);
});
