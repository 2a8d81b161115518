/** Finds what a module does with the page's words while it is loaded, when their language is not chosen yet. */
import ts from "typescript";

/** The lines on which `words` is read outside of functions: at the top of a module, or in a static property. */
export function linesThatReadWords(source: string): readonly number[] {
  const file = ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest, true);
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    if (waits(node) || ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node) && node.text === "words" && isRead(node))
      lines.push(file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return lines;
}

/** Functions, and properties of objects that are yet to be made. */
function waits(node: ts.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return true;
  return ts.isPropertyDeclaration(node) && !ts.getModifiers(node)?.some(isStatic);
}

function isStatic({ kind }: ts.Modifier): boolean {
  return kind === ts.SyntaxKind.StaticKeyword;
}

/** Not the name of a key. */
function isRead({ parent }: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(parent) || ts.isVariableDeclaration(parent);
}
