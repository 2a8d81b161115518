/** What a visitor reads is in `words.ts`: nothing that draws holds words of its own. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const SOURCES = join(import.meta.dirname, "../../src");
const DRAWING = ["components"];

/** Attributes whose text is shown or read aloud. */
const SPOKEN = /\b(?:title|alt|placeholder|label|aria-label|aria-valuetext)="([^"]*)"/g;
/** Three words beside each other, or two of which the first begins a sentence; markup and programs are not prose. */
const PROSE = /^[^<\n]*(?:[A-Z][a-z]+ [a-z]{2,}|[a-z]{2,} [a-z]{2,} [a-z]{2,})[^<\n]*$/;

/** What stands in HTML between its elements and in spoken attributes, and strings that read as prose. */
function wordsIn(file: string, source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && isHtml(node.tag))
      found.push(...spokenIn(htmlOf(node.template)));
    else if (isText(node) && PROSE.test(node.text) && !isError(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return found;
}

function isHtml(tag: ts.Expression): boolean {
  return /html$/i.test(tag.getText());
}

/** The HTML of a template, with nothing where a value is put in. */
function htmlOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join("\u0000");
}

function spokenIn(markup: string): readonly string[] {
  const attributes = [...markup.matchAll(SPOKEN)].map(([, text = ""]) => text);
  const between = markup.replace(/<[^>]*>/g, "\u0000").split("\u0000");
  return [...attributes, ...between].map((text) => text.trim()).filter((text) => /\p{L}{2}/u.test(text));
}

type Text = ts.StringLiteralLike | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail;

function isText(node: ts.Node): node is Text {
  const isPart = ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
  return (ts.isStringLiteralLike(node) || isPart) && !isMarkup(node);
}

function isMarkup({ parent }: ts.Node): boolean {
  const template = ts.isTemplateSpan(parent) ? parent.parent : parent;
  return ts.isTaggedTemplateExpression(template) || ts.isTaggedTemplateExpression(template.parent);
}

/** An error that is thrown for developers, or a line on the browser's console. */
function isError({ parent }: ts.Node): boolean {
  return ts.isNewExpression(parent) || parent.getText().startsWith("console.");
}

test("no component holds words that a visitor reads", () => {
  const found = DRAWING.flatMap((folder) =>
    readdirSync(join(SOURCES, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) =>
        wordsIn(file, readFileSync(join(SOURCES, folder, file), "utf8")).map(
          (text) => `${folder}/${file}: ${text}`,
        ),
      ),
  );
  expect(found).toEqual([]);
});

test("words are found between elements, in spoken attributes and in strings, and not in names or errors", () => {
  const source = `
    html\`<p class="big red \${a}" title="Read me">Seen \${b}</p>\${c} also\`;
    const line = \`\${d} are left over\`;
    const other = "Try again later";
    const name = "gs-card"; throw new Error("not for visitors");
  `;
  expect(wordsIn("a.ts", source)).toEqual(["Read me", "Seen", "also", " are left over", "Try again later"]);
});
