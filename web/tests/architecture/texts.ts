/**
 * Finds text for visitors in TypeScript sources: in Lit templates, in attributes that are read, and in strings.
 *
 * A string counts when it looks like language: a capitalised word or sentence, or several words. What is for
 * developers or for the browser does not count: logs, errors that are never shown, selectors, keys; nor does code,
 * which has several lines.
 */
import ts from "typescript";

/** Attributes and properties whose value a visitor reads or hears. */
const READ =
  /(?:^|\s)\.?(aria-label|aria-description|aria-valuetext|alt|label|name|placeholder|title|what)\s*=\s*$/;
const LETTERS = /\p{L}{2}/u;
const LANGUAGE = /^\p{Lu}\p{Ll}+(?:$|[ ,.:…!?])|(?:^|[^\p{L}\p{N}_/.-])\p{Ll}{2,}[,:;]? \p{Ll}{2,}/u;

export interface Text {
  readonly line: number;
  readonly text: string;
}

export function textsIn(source: string): readonly Text[] {
  const file = ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest, true);
  const found: Text[] = [];
  const note = (node: ts.Node, text: string): void => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    found.push({ line: line + 1, text: text.replaceAll(/\s+/g, " ").trim() });
  };
  const visit = (node: ts.Node): void => {
    if (isTemplate(node)) for (const text of textsOfTemplate(partsOf(node.template))) note(node, text);
    else if (isText(node) && !isTechnical(node))
      for (const text of textsOfString(contentOf(node))) note(node, text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isTemplate(node: ts.Node): node is ts.TaggedTemplateExpression {
  return ts.isTaggedTemplateExpression(node) && /html$|^svg$/i.test(node.tag.getText());
}

/** The static parts of a template, in their order. */
function partsOf(template: ts.TemplateLiteral): readonly string[] {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return [template.text];
  return [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
}

const HOLE = "\u0000";

/** Text between tags, and in attributes that are read. */
function textsOfTemplate(parts: readonly string[]): readonly string[] {
  const texts: string[] = [];
  const markup = parts.join(HOLE).replaceAll(/<!--.*?-->/gs, "");
  for (const [, tag = "", text = ""] of markup.matchAll(/(<[^>]*>)|([^<>]+)/g)) {
    if (LETTERS.test(text)) texts.push(text.replaceAll(HOLE, "…"));
    for (const [, before = "", value = ""] of tag.matchAll(/([^"]*)"([^"]*)"/g))
      if (READ.test(before) && LETTERS.test(value)) texts.push(value.replaceAll(HOLE, "…"));
  }
  return texts;
}

function isText(node: ts.Node): node is ts.StringLiteralLike | ts.TemplateExpression {
  if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node))
    return !ts.isTaggedTemplateExpression(node.parent);
  if (!ts.isStringLiteral(node)) return false;
  const { parent } = node;
  const isName =
    ts.isImportDeclaration(parent) ||
    ts.isLiteralTypeNode(parent) ||
    (ts.isPropertyAssignment(parent) && parent.name === node);
  return !isName;
}

function contentOf(node: ts.StringLiteralLike | ts.TemplateExpression): string {
  return ts.isTemplateExpression(node) ? partsOf(node).join("…") : node.text;
}

function textsOfString(content: string): readonly string[] {
  if (content.includes("\n")) return [];
  if (content.startsWith("<")) return textsOfTemplate([content.replaceAll("…", "")]);
  return LANGUAGE.test(content) ? [content] : [];
}

/** Calls whose arguments are for the console or the browser. */
const CALLS = /^(?:console\.\w+|super|matchMedia|.*\.(?:querySelector|querySelectorAll|closest|startsWith))$/;
/** Errors that are never shown. */
const ERRORS: readonly string[] = ["DOMException", "Misfit", "StreamGone"];

function isTechnical(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent)) return CALLS.test(parent.expression.getText().replace(/<.*>$/s, ""));
  if (ts.isNewExpression(parent)) return ERRORS.includes(parent.expression.getText());
  if (!ts.isBinaryExpression(parent)) return false;
  // What is compared with a key, and the name of a class of errors.
  return parent.left.getText().endsWith(".key") || parent.left.getText() === "this.name";
}
